; The bytes of a big-endian object.
       0:	bf 1a 00 00 00 00 00 00	r1 = r10
       1:	85 01 00 00 00 00 00 00	call 0x0
       2:	95 00 00 00 00 00 00 00	exit
;!   0: bf a1 00 00 00 00 00 00                         r1 = r10
;!   1: 85 10 00 00 00 00 00 00                         call local +0
;!   2: 95 00 00 00 00 00 00 00                         exit
