# rdi: two words; shifts and multiplies the first by instructions of BMI2.
        mov     rax, qword ptr [rdi]
        mov     ecx, 4
        shlx    rax, rax, rcx
        mov     rdx, rax
        mulx    rax, rcx, rdx
        mov     qword ptr [rdi], rcx
        rorx    rax, rcx, 8
        mov     qword ptr [rdi + 8], rax
        ret
