// check LIBRARY IMAGE: runs a program's native build three times on the same memory and prints the result as 16 hex digits; three results that
// are not equal are an error. An image NAME.mem is the memory. An image NAME.pcap is a capture (classic, little-endian): the program runs on
// each frame of 14 to 1514 bytes, and the result is the fold (31 times what was before, plus the frame's result) over all of them.
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef unsigned long long (*program)(unsigned char *, unsigned long long);

static _Alignas(4096) unsigned char memory[4096];
static unsigned char file[1 << 20];

static unsigned long long frames(program run, size_t size) {
  unsigned long long fold = 0;
  for (size_t at = 24; at + 16 <= size;) {
    uint32_t length;
    memcpy(&length, file + at + 8, 4);
    at += 16;
    if (length > size - at) break;
    if (length >= 14 && length <= 1514) {
      memcpy(memory, file + at, length);
      fold = fold * 31 + run(memory, length);
    }
    at += length;
  }
  return fold;
}

int main(int argc, char **argv) {
  if (argc != 3) return 1;
  void *library = dlopen(argv[1], RTLD_NOW);
  FILE *image = fopen(argv[2], "rb");
  size_t size = image ? fread(file, 1, sizeof file, image) : 0;
  if (!library || size == 0) return 1;
  program run;
  *(void **)&run = dlsym(library, "run");
  if (!run) return 1;
  int capture = strstr(argv[2], ".pcap") != NULL;
  if (!capture && size != 2048) return 1;
  memcpy(memory, file, capture ? 0 : size);
  unsigned long long result = 0;
  for (int turn = 0; turn < 3; turn++) {
    unsigned long long now = capture ? frames(run, size) : run(memory, size);
    if (turn > 0 && now != result) return 1;
    result = now;
  }
  printf("%016llx\n", result);
  return 0;
}
