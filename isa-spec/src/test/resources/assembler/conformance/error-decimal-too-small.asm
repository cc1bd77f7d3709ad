# Decimal numbers have 32 signed bits.
mov %r0, -2147483649
#! error-decimal-too-small.asm:2:10: the value does not fit into 32 bits
#!   mov %r0, -2147483649
#!            ^
