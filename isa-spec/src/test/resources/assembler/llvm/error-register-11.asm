; There are registers r0 to r10.
r11 = 1
;! error-register-11.asm:2:1: there is no register r11; the last one is r10
;!   r11 = 1
;!   ^
