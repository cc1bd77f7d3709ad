; Distances and labels, alone and in front of an instruction.
again: r1 += 1
if r1 > 5 goto +3
if w1 s<= w2 goto out
if r1 & 0x1 goto -0x2
goto pc+1
gotol again
gotol out
may_goto pc+1
call 1
call 0x2
call local function
call function
call pc+2
callx r3
gotox r4
out:
exit
function: .inner:
r0 = 0
exit
;!   0: 07 01 00 00 01 00 00 00                         r1 += 1
;!   1: 25 01 03 00 05 00 00 00                         if r1 > 5 goto +3
;!   2: de 21 0c 00 00 00 00 00                         if w1 s<= w2 goto +12
;!   3: 45 01 fe ff 01 00 00 00                         if r1 & 1 goto -2
;!   4: 05 00 01 00 00 00 00 00                         goto +1
;!   5: 06 00 00 00 fa ff ff ff                         gotol -6
;!   6: 06 00 00 00 08 00 00 00                         gotol +8
;!   7: e5 00 01 00 00 00 00 00                         may_goto +1
;!   8: 85 00 00 00 01 00 00 00                         call 1
;!   9: 85 00 00 00 02 00 00 00                         call 2
;!  10: 85 10 00 00 05 00 00 00                         call local +5
;!  11: 85 10 00 00 04 00 00 00                         call local +4
;!  12: 85 10 00 00 02 00 00 00                         call local +2
;!  13: 8d 03 00 00 00 00 00 00                         callx r3
;!  14: 0d 04 00 00 00 00 00 00                         gotox r4
;!  15: 95 00 00 00 00 00 00 00                         exit
;!  16: b7 00 00 00 00 00 00 00                         r0 = 0
;!  17: 95 00 00 00 00 00 00 00                         exit
