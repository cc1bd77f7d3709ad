; A number has 64 bits.
r0 = 0x10000000000000000 ll
;! error-number-65-bits.asm:2:6: '0x10000000000000000' is no number of at most 64 bits
;!   r0 = 0x10000000000000000 ll
;!        ^
