# Operands are counted.
neg %r0, %r1
#! error-operands-too-many.asm:2:8: expected the end of the line, but found ','
#!   neg %r0, %r1
#!          ^
