# rdi: a number n and a place for its sum 1 + ... + n.
        mov     rax, qword ptr [rdi]
        xor     edx, edx
1:      add     rdx, rax
        dec     rax
        jne     1b
        mov     qword ptr [rdi + 8], rdx
        ret
