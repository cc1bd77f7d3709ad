# rdi: two words. As the same for ARM64.
        mov     eax, 5
        lock xadd qword ptr [rdi], rax
        mov     edx, 7
        xchg    qword ptr [rdi], rdx
        mov     rcx, rax
        mov     eax, 7
        mov     esi, 9
        lock cmpxchg qword ptr [rdi], rsi
        mov     rsi, qword ptr [rdi]
        mov     qword ptr [rdi], rcx
        add     rsi, rdx
        add     rsi, rax
        mov     qword ptr [rdi + 8], rsi
        ret
