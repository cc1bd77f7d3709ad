; Digits and letters do not mix.
r0 = 12ab
;! error-number-malformed.asm:2:6: '12ab' is no number of at most 64 bits
;!   r0 = 12ab
;!        ^
