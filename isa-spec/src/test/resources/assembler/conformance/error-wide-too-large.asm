# Numbers have 64 bits.
lddw %r0, 18446744073709551616
#! error-wide-too-large.asm:2:11: '18446744073709551616' is no number of at most 64 bits
#!   lddw %r0, 18446744073709551616
#!             ^
