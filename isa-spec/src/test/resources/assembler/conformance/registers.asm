# Registers that do not exist, for negative tests.
mov %r11, 1
add %r15, %r12
ldxb %r0, [%r13]
#!   0: b7 0b 00 00 01 00 00 00                         r11 = 1
#!   1: 0f cf 00 00 00 00 00 00                         r15 += r12
#!   2: 71 d0 00 00 00 00 00 00                         r0 = *(u8 *)(r13 + 0)
