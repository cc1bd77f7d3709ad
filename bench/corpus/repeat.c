// Linked to every native program: runs it many times in one call, so that the caller's way in is not measured. The program is in another file,
// so that the compiler cannot look into it.
#include "corpus.h"

__attribute__((visibility("default"))) u64 repeat(u8 *mem, u64 len, u64 times) {
  u64 result = 0;
  while (times-- > 0) result = run(mem, len);
  return result;
}
