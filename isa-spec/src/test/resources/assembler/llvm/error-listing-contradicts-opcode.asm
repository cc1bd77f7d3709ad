; The listing knows better.
0: (07) r0 = 1
;! error-listing-contradicts-opcode.asm:2:9: this is mov64_imm, but the listing says 07
;!   0: (07) r0 = 1
;!           ^
