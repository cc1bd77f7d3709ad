// x0: a word. Adds 3 to it without LSE.
1:      ldaxr   x1, [x0]
        add     x1, x1, #3
        stlxr   w2, x1, [x0]
        cbnz    w2, 1b
        ret
