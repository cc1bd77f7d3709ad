// x0: a word; adds 1 to it.
        mov     x1, #1
        ldaddal x1, x2, [x0]
        ret
