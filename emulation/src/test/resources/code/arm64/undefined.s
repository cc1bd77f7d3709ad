// no instruction.
        nop
        udf     #0
