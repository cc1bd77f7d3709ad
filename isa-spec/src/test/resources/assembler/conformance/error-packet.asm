# There is no way to write it.
ldabs %r0, 1
#! error-packet.asm:2:1: no instruction starts with 'ldabs'
#!   ldabs %r0, 1
#!   ^
