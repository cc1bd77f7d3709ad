; An offset has 16 bits.
r0 = *(u8 *)(r1 + 32768)
;! error-offset-too-large.asm:2:17: the value does not fit into 16 bits
;!   r0 = *(u8 *)(r1 + 32768)
;!                   ^
