; A negation has one register.
r1 = -r2
;! error-negation-of-other.asm:2:7: expected 'r1', but found 'r2'
;!   r1 = -r2
;!         ^
