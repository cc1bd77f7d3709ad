; An immediate has 32 bits.
r0 = -2147483649
;! error-immediate-too-small.asm:2:6: the value does not fit into 32 bits
;!   r0 = -2147483649
;!        ^
