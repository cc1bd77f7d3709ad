# Labels alone on their lines; the first exit is a label too.
start:
jeq %r1, 5, +1
jsgt32 %r1, %r2, exit
ja start
ja32 exit
jset %r1, 0x10, -3
call 1
call local fn
call local +0x2
call runtime 7
call %r3
exit
fn:
exit
#!   0: 15 01 01 00 05 00 00 00                         if r1 == 5 goto +1
#!   1: 6e 21 08 00 00 00 00 00                         if w1 s> w2 goto +8
#!   2: 05 00 fd ff 00 00 00 00                         goto -3
#!   3: 06 00 00 00 06 00 00 00                         gotol +6
#!   4: 45 01 fd ff 10 00 00 00                         if r1 & 16 goto -3
#!   5: 85 00 00 00 01 00 00 00                         call 1
#!   6: 85 10 00 00 04 00 00 00                         call local +4
#!   7: 85 10 00 00 02 00 00 00                         call local +2
#!   8: 85 20 00 00 07 00 00 00                         call kfunc 7
#!   9: 8d 03 00 00 00 00 00 00                         callx r3
#!  10: 95 00 00 00 00 00 00 00                         exit
#!  11: 95 00 00 00 00 00 00 00                         exit
