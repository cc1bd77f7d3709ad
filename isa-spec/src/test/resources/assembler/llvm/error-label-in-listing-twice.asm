; So in a listing.
0: (b7) r0 = 0
0000 <a>:
0010 <a>:
;! error-label-in-listing-twice.asm:4:7: label 'a' stands twice
;!   0010 <a>:
;!         ^
