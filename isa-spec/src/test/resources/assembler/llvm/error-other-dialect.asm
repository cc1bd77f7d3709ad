; A line of the other dialect.
mov %r0, 1
;! error-other-dialect.asm:2:1: no instruction starts with 'mov' in the dialect llvm; one does in the dialect conformance
;!   mov %r0, 1
;!   ^
