# A line of the other dialect.
r0 = 1
#! error-llvm.asm:2:1: no instruction starts with 'r0' in the dialect conformance; one does in the dialect llvm
#!   r0 = 1
#!   ^
