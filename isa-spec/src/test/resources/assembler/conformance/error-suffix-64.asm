# There is no suffix 64.
add64 %r0, 1
#! error-suffix-64.asm:2:1: no instruction starts with 'add64'
#!   add64 %r0, 1
#!   ^
