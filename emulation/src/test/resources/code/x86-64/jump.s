# rdi: an address to go to.
        jmp     rdi
