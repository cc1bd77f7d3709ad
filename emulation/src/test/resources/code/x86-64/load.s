# rdi: an address to read.
        mov     rax, qword ptr [rdi]
        ret
