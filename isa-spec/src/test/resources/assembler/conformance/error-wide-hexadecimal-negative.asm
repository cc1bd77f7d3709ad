# Hexadecimal numbers have no sign.
lddw %r0, -0x1
#! error-wide-hexadecimal-negative.asm:2:12: a hexadecimal number has no sign '-' in the dialect of the conformance suite
#!   lddw %r0, -0x1
#!              ^
