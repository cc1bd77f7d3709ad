# rdi: an address to write.
        mov     dword ptr [rdi], edi
        ret
