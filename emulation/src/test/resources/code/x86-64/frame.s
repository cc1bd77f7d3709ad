# rdi: a word that becomes the sum of itself and what a function gives.
        push    rbx
        mov     rbx, rdi
        mov     edi, 21
        call    1f
        add     qword ptr [rbx], rax
        pop     rbx
        ret
1:      lea     eax, [rdi + rdi]
        ret
