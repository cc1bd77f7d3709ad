// x0: an address to go to.
        br      x0
