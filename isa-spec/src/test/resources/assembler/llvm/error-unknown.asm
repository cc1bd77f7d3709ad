; No instruction starts so.
r0 = 1
frobnicate r0
;! error-unknown.asm:3:1: no instruction starts with 'frobnicate'
;!   frobnicate r0
;!   ^
