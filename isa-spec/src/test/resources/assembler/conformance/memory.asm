# Loads, stores, atomics.
lddw %r0, 0x123456789abcdef0
lddw %r0, -1
lddw %r0, -0x1
lddw %r0, 18446744073709551615
ldxb %r0, [%r1]
ldxsh %r0, [%r1+2]
ldxdw %r0, [%r1-8]
ldxw %r0, [%r1+0x10]
ldxw %r0, [%r1+0xffff]
stb [%r1], 5
stdw [%r10-8], -1
stxw [%r1+4], %r2
lock add [%r1], %r2
lock fetch add32 [%r1+4], %r2
lock xchg [%r1], %r2
lock fetch xchg32 [%r1], %r2
lock cmpxchg32 [%r1-4], %r2
lock fetch cmpxchg [%r1], %r2
#!   0: 18 00 00 00 f0 de bc 9a 00 00 00 00 78 56 34 12 r0 = 0x123456789abcdef0 ll
#!   2: 18 00 00 00 ff ff ff ff 00 00 00 00 ff ff ff ff r0 = 0xffffffffffffffff ll
#!   4: 18 00 00 00 ff ff ff ff 00 00 00 00 ff ff ff ff r0 = 0xffffffffffffffff ll
#!   6: 18 00 00 00 ff ff ff ff 00 00 00 00 ff ff ff ff r0 = 0xffffffffffffffff ll
#!   8: 71 10 00 00 00 00 00 00                         r0 = *(u8 *)(r1 + 0)
#!   9: 89 10 02 00 00 00 00 00                         r0 = *(s16 *)(r1 + 2)
#!  10: 79 10 f8 ff 00 00 00 00                         r0 = *(u64 *)(r1 - 8)
#!  11: 61 10 10 00 00 00 00 00                         r0 = *(u32 *)(r1 + 16)
#!  12: 61 10 ff ff 00 00 00 00                         r0 = *(u32 *)(r1 - 1)
#!  13: 72 01 00 00 05 00 00 00                         *(u8 *)(r1 + 0) = 5
#!  14: 7a 0a f8 ff ff ff ff ff                         *(u64 *)(r10 - 8) = -1
#!  15: 63 21 04 00 00 00 00 00                         *(u32 *)(r1 + 4) = r2
#!  16: db 21 00 00 00 00 00 00                         lock *(u64 *)(r1 + 0) += r2
#!  17: c3 21 04 00 01 00 00 00                         w2 = atomic_fetch_add((u32 *)(r1 + 4), w2)
#!  18: db 21 00 00 e1 00 00 00                         r2 = xchg_64(r1 + 0, r2)
#!  19: c3 21 00 00 e1 00 00 00                         w2 = xchg32_32(r1 + 0, w2)
#!  20: c3 21 fc ff f1 00 00 00                         w0 = cmpxchg32_32(r1 - 4, w0, w2)
#!  21: db 21 00 00 f1 00 00 00                         r0 = cmpxchg_64(r1 + 0, r0, r2)
