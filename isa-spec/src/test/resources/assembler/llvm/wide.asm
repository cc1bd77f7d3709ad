; Wide loads take two slots; labels count slots.
start:
r0 = 0x5 ll
r1 = 0xffffffffffffffff ll
r1 = -1 ll
r2 = map_by_fd(3)
r2 = map_val(map_by_fd(3)) + 8
r3 = code_addr(start)
goto start
;!   0: 18 00 00 00 05 00 00 00 00 00 00 00 00 00 00 00 r0 = 0x5 ll
;!   2: 18 01 00 00 ff ff ff ff 00 00 00 00 ff ff ff ff r1 = 0xffffffffffffffff ll
;!   4: 18 01 00 00 ff ff ff ff 00 00 00 00 ff ff ff ff r1 = 0xffffffffffffffff ll
;!   6: 18 12 00 00 03 00 00 00 00 00 00 00 00 00 00 00 r2 = map_by_fd(3)
;!   8: 18 22 00 00 03 00 00 00 00 00 00 00 08 00 00 00 r2 = map_val(map_by_fd(3)) + 8
;!  10: 18 43 00 00 f5 ff ff ff 00 00 00 00 00 00 00 00 r3 = code_addr(-11)
;!  12: 05 00 f3 ff 00 00 00 00                         goto -13
