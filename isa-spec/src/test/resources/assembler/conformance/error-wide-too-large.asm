# Decimal numbers have 64 signed bits.
lddw %r0, 9223372036854775808
#! error-wide-too-large.asm:2:11: the number does not fit into 64 bits
#!   lddw %r0, 9223372036854775808
#!             ^
