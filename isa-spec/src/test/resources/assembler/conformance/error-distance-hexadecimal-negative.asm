# Hexadecimal numbers have no sign.
ja -0x1
#! error-distance-hexadecimal-negative.asm:2:4: a hexadecimal number has no sign '-' in the dialect of the conformance suite
#!   ja -0x1
#!      ^
