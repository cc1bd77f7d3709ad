# Decimal numbers have 32 signed bits.
mov %r0, 2147483648
#! error-decimal-too-large.asm:2:10: the value does not fit into 32 bits
#!   mov %r0, 2147483648
#!            ^
