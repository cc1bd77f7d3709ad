// ipcsum: the Internet checksum (RFC 1071) of the whole memory, one 16-bit word at a time, folded at the end.
#include "corpus.h"

ENTRY u64 run(u8 *mem, u64 len) {
  const u16 *words = (const u16 *)mem;
  u64 sum = 0;
  for (u64 i = 0; i < len / 2; i++) {
    sum += words[i];
  }
  while (sum >> 16) {
    sum = (sum & 0xffff) + (sum >> 16);
  }
  return (u16)~sum;
}
