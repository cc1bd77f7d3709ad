# The highest number of four bits is 15.
mov %r16, 1
#! error-register-16.asm:2:5: there is no register %r16; the last one is %r15
#!   mov %r16, 1
#!       ^
