; A value is missing.
r0 +=
;! error-operand-missing.asm:2:6: expected a number or a register r0 to r10, but the line ends
;!   r0 +=
;!        ^
