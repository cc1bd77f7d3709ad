; An operator that does not exist.
r0 ** r1
;! error-unknown-operator.asm:2:5: expected '=', but found '*'
;!   r0 ** r1
;!       ^
