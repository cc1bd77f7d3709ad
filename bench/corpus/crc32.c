// crc32: the CRC of IEEE 802.3 over a quarter of memory, bit by bit, without a table.
#include "corpus.h"

ENTRY u64 run(u8 *mem, u64 len) {
  u32 crc = ~0u;
  for (u64 i = 0; i < len / 4; i++) {
    crc ^= mem[i];
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
  }
  return ~crc;
}
