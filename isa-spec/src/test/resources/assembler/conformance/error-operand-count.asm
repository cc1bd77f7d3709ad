# Operands are counted.
add %r0
#! error-operand-count.asm:2:8: expected ',', but the line ends
#!   add %r0
#!          ^
