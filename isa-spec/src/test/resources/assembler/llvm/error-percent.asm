; Registers have no percent sign here.
%r0 = 1
;! error-percent.asm:2:1: no instruction starts with '%r0'
;!   %r0 = 1
;!   ^
