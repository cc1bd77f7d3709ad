# An offset has 16 bits.
ldxb %r0, [%r1+0x10000]
#! error-offset-too-large.asm:2:15: the value does not fit into 16 bits
#!   ldxb %r0, [%r1+0x10000]
#!                 ^
