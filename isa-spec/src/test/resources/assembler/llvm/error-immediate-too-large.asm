; An immediate has 32 bits.
r0 = 0x100000000
;! error-immediate-too-large.asm:2:6: the value does not fit into 32 bits
;!   r0 = 0x100000000
;!        ^
