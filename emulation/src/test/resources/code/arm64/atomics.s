// x0: two words. Adds to the first by LSE, swaps and compares, and leaves what it saw; acquires and releases.
        mov     x1, #5
        ldaddal x1, x2, [x0]
        mov     x3, #7
        swpal   x3, x4, [x0]
        mov     x5, #7
        mov     x6, #9
        casal   x5, x6, [x0]
        ldapr   x7, [x0]
        stlr    x2, [x0]
        add     x0, x0, #8
        add     x7, x7, x4
        add     x7, x7, x5
        str     x7, [x0]
        ret
