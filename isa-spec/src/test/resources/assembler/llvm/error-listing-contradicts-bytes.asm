; The listing knows better.
0: b7 00 00 00 02 00 00 00 r0 = 1
;! error-listing-contradicts-bytes.asm:2:28: this is mov64_imm, but the listing says b7 00 00 00 02 00 00 00
;!   0: b7 00 00 00 02 00 00 00 r0 = 1
;!                              ^
