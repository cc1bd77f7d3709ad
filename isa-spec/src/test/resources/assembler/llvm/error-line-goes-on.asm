; Something is too much.
exit 0
;! error-line-goes-on.asm:2:6: expected the end of the line, but found '0'
;!   exit 0
;!        ^
