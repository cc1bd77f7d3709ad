// Three sorts of comments, blank lines, any blanks.
  r0=1 # one
	r0   =   2// two

r0 = 3;three
# r0 = 4
call foo#5 # the first # belongs to the name
exit
;!   0: b7 00 00 00 01 00 00 00                         r0 = 1
;!   1: b7 00 00 00 02 00 00 00                         r0 = 2
;!   2: b7 00 00 00 03 00 00 00                         r0 = 3
;!   3: 85 00 00 00 05 00 00 00                         call 5
;!   4: 95 00 00 00 00 00 00 00                         exit
