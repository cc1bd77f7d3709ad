# Hexadecimal numbers have no sign.
mov %r0, -0x1
#! error-hexadecimal-negative.asm:2:10: a hexadecimal number has no sign '-' in the dialect of the conformance suite
#!   mov %r0, -0x1
#!            ^
