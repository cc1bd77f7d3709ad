// x0: an address to write.
        str     w0, [x0]
        ret
