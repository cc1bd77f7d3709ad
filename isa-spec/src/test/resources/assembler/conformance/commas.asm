# One comma behind an operand may be left out.
add %r0 %r1
jeq %r1 5 exit
exit
#!   0: 0f 10 00 00 00 00 00 00                         r0 += r1
#!   1: 15 01 00 00 05 00 00 00                         if r1 == 5 goto +0
#!   2: 95 00 00 00 00 00 00 00                         exit
