; Both sides have one width.
w0 += r1
;! error-register-width.asm:2:7: expected a number or a register w0 to w10, but found 'r1'
;!   w0 += r1
;!         ^
