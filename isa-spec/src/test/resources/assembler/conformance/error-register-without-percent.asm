# A register has a percent sign.
mov r0, 1
#! error-register-without-percent.asm:2:5: expected a register %r0 to %r15, but found 'r0'
#!   mov r0, 1
#!       ^
