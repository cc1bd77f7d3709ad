// x0: a word that becomes the sum of itself and what a function called with a frame on the stack gives.
        stp     x29, x30, [sp, #-32]!
        str     x0, [sp, #16]
        mov     w0, #21
        bl      1f
        ldr     x1, [sp, #16]
        ldr     x2, [x1]
        add     x2, x2, x0
        str     x2, [x1]
        ldp     x29, x30, [sp], #32
        ret
1:      add     w0, w0, w0
        ret
