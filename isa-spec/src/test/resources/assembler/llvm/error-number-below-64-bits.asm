; A number has 64 bits.
r0 = -9223372036854775809 ll
;! error-number-below-64-bits.asm:2:7: the number does not fit into 64 bits
;!   r0 = -9223372036854775809 ll
;!         ^
