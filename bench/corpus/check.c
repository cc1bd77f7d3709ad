// check LIBRARY IMAGE: runs a program's native build three times on the same memory, which holds IMAGE, and prints the result as
// 16 hex digits; three results that are not equal are an error.
#include <dlfcn.h>
#include <stdio.h>

static _Alignas(4096) unsigned char memory[2048];

int main(int argc, char **argv) {
  if (argc != 3) return 1;
  void *library = dlopen(argv[1], RTLD_NOW);
  FILE *image = fopen(argv[2], "rb");
  if (!library || !image || fread(memory, 1, sizeof memory, image) != sizeof memory) return 1;
  unsigned long long (*run)(unsigned char *, unsigned long long);
  *(void **)&run = dlsym(library, "run");
  if (!run) return 1;
  unsigned long long result = run(memory, sizeof memory);
  for (int again = 0; again < 2; again++) {
    if (run(memory, sizeof memory) != result) return 1;
  }
  printf("%016llx\n", result);
  return 0;
}
