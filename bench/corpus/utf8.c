// utf8: decodes memory as UTF-8 of one to three bytes, counting good and bad sequences: branches on data.
#include "corpus.h"

ENTRY u64 run(u8 *mem, u64 len) {
  u64 good = 0, bad = 0, sum = 0, i = 0;
  while (i < len - 4) {
    u8 lead = mem[i];
    if (lead < 0x80) {
      good++;
      sum += lead;
      i++;
    } else if ((lead & 0xe0) == 0xc0) {
      if ((mem[i + 1] & 0xc0) != 0x80) {
        bad++;
        i++;
      } else {
        sum += (lead & 31) << 6 | (mem[i + 1] & 63);
        i += 2;
        good++;
      }
    } else if ((lead & 0xf0) == 0xe0) {
      if ((mem[i + 1] & 0xc0) != 0x80 || (mem[i + 2] & 0xc0) != 0x80) {
        bad++;
        i++;
      } else {
        sum += (lead & 15) << 12;
        i += 3;
        good++;
      }
    } else {
      bad++;
      i++;
    }
  }
  return sum << 20 ^ good << 10 ^ bad;
}
