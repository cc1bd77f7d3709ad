// Writes the memory images of the corpus: default.mem and pktparse.mem, 2048 bytes each.
//
// default.mem: byte i is (131 * i + 7) mod 256: each 256 bytes hold every value once and all repetitions are equal.
// pktparse.mem: 32 slots of 64 bytes, each an Ethernet frame whose length is the slot's last byte.
#include <stdio.h>
#include <string.h>

static unsigned char slot[64];
static int at;

static void put(int value) { slot[at++] = (unsigned char)value; }
static void put16(int value) { put(value >> 8); put(value); }
static void bytes(int n, int seed) { for (int i = 0; i < n; i++) put(seed + 37 * i); }

static void ipv4(int k, int protocol, int fragment, int ttl, int options) {
  put(0x45 + options); put(0); put16(46); put16(k); put16(fragment); put(ttl); put(protocol); put16(0x1234 + k);
  put(10); put(0); put(k >> 3); put(k); put(192); put(168); put(1); put(k & 3);
  for (int i = 0; i < options; i++) { put(1); put(1); put(1); put(0); }
}

static void ipv6(int k, int next, int hops) {
  put(0x60); put(0); put(0); put(k); put16(20); put(next); put(hops);
  bytes(16, 0x20 + k); bytes(16, 0x80 + k);
}

static void tcp(int k, int flags) {
  put16(40000 + k); put16(k & 1 ? 443 : 80); bytes(8, k); put(0x50); put(flags); put16(65000); put16(0); put16(0);
}

static void udp(int k, int port) { put16(50000 + k); put16(port); put16(8); put16(0); }

// Eight shapes of frames, four of each, with addresses and ports that differ.
static int frame(int k) {
  at = 0;
  bytes(12, k);
  switch (k & 7) {
    case 0: put16(0x0800); ipv4(k, 6, 0x4000, 64, 0); tcp(k, k == 8 ? 3 : 0x10); break;
    case 1: put16(0x0800); ipv4(k, 17, 0, k == 9 ? 1 : 64, 0); udp(k, k == 17 ? 53 : 4789); break;
    case 2: put16(0x8100); put16(100 + k); put16(0x0800); ipv4(k, 6, 0, 60, 0); tcp(k, 0x18); break;
    case 3: put16(0x86dd); ipv6(k, 17, 64); udp(k, 443); break;
    case 4: put16(0x0800); ipv4(k, 1, k == 12 ? 0x0010 : 0, 64, 0); put(8); put(0); bytes(6, k); break;
    case 5: put16(0x88a8); put16(7); put16(0x8100); put16(8 + k); put16(0x0800); ipv4(k, 17, 0, 33, 0); udp(k, 2152); break;
    case 6: put16(0x0806); bytes(28, k); break;
    default: put16(0x0800); ipv4(k, 6, 0, 64, 2); tcp(k, 0x02); if (k == 15) at -= 6; break;
  }
  return at;
}

static int save(const char *name, const unsigned char *image) {
  FILE *file = fopen(name, "wb");
  int ok = file && fwrite(image, 1, 2048, file) == 2048;
  return file && fclose(file) == 0 && ok ? 0 : 1;
}

int main(void) {
  static unsigned char image[2048];
  for (int i = 0; i < 2048; i++) image[i] = (unsigned char)(131 * i + 7);
  if (save("default.mem", image)) return 1;
  for (int k = 0; k < 32; k++) {
    memset(slot, 0, sizeof slot);
    int length = frame(k);
    slot[63] = (unsigned char)length;
    memcpy(image + 64 * k, slot, 64);
  }
  return save("pktparse.mem", image);
}
