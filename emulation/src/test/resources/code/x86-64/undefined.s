# no instruction.
        nop
        ud2
