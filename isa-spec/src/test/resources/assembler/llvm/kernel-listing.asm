; What the verifier's log and bpftool print: numbers, opcodes, names of helpers.
0: (bf) r6 = r1                       ; R1=ctx() R6_w=ctx()
1: (18) r1 = 0xffff888003d06000       ; R1_w=map_ptr(ks=4,vs=8)
3: (b4) w2 = 7
; int *p = bpf_map_lookup_elem(&m, &k); @ a.c:7
4: (63) *(u32 *)(r10 -4) = r2
5: (85) call bpf_map_lookup_elem#1
6: (15) if r0 == 0x0 goto pc+2
7: (db) r1 = atomic64_fetch_add((u64 *)(r0 +0), r1)
8: (07) r0 += -128
9: (85) call pc+1
10: (95) exit
11: (b7) r0 = 0
12: (95) exit
;!   0: bf 16 00 00 00 00 00 00                         r6 = r1
;!   1: 18 01 00 00 00 60 d0 03 00 00 00 00 80 88 ff ff r1 = 0xffff888003d06000 ll
;!   3: b4 02 00 00 07 00 00 00                         w2 = 7
;!   4: 63 2a fc ff 00 00 00 00                         *(u32 *)(r10 - 4) = r2
;!   5: 85 00 00 00 01 00 00 00                         call 1
;!   6: 15 00 02 00 00 00 00 00                         if r0 == 0 goto +2
;!   7: db 10 00 00 01 00 00 00                         r1 = atomic_fetch_add((u64 *)(r0 + 0), r1)
;!   8: 07 00 00 00 80 ff ff ff                         r0 += -128
;!   9: 85 10 00 00 01 00 00 00                         call local +1
;!  10: 95 00 00 00 00 00 00 00                         exit
;!  11: b7 00 00 00 00 00 00 00                         r0 = 0
;!  12: 95 00 00 00 00 00 00 00                         exit
