// x0: a number n and a place for its sum 1 + ... + n.
        ldr     x1, [x0]
        mov     x2, #0
1:      add     x2, x2, x1
        subs    x1, x1, #1
        b.ne    1b
        str     x2, [x0, #8]
        ret
