# Hexadecimal numbers have no sign.
ldxb %r0, [%r1-0x8]
#! error-offset-hexadecimal-negative.asm:2:15: a hexadecimal number has no sign '-' in the dialect of the conformance suite
#!   ldxb %r0, [%r1-0x8]
#!                 ^
