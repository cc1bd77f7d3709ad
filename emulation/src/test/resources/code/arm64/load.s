// x0: an address to read.
        ldr     x1, [x0]
        ret
