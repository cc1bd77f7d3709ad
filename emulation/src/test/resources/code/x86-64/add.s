# rdi: a word; adds 1 to it.
        lock inc qword ptr [rdi]
        ret
