# Hexadecimal numbers have 32 unsigned bits.
mov %r0, 0x100000000
#! error-hexadecimal-too-large.asm:2:10: the value does not fit into 32 bits
#!   mov %r0, 0x100000000
#!            ^
