; A register or a number.
r0 = *(u8 *)skb[w1]
;! error-packet-operand.asm:2:17: expected a number or a register r0 to r10, but found 'w1'
;!   r0 = *(u8 *)skb[w1]
;!                   ^
