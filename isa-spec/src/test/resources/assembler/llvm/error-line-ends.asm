; Something is missing.
if r1 == 5 goto
;! error-line-ends.asm:2:16: expected a label or a distance, but the line ends
;!   if r1 == 5 goto
;!                  ^
