; A label stands once.
a: r0 = 1
a: exit
;! error-label-twice.asm:3:1: label 'a' stands twice
;!   a: exit
;!   ^
