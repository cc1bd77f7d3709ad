// SPDX-License-Identifier: Apache-2.0
#include "protocol.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINE = 1 << 21, MEMORY = 1 << 20 };

static char line[LINE];
static uint8_t *memory;
static size_t length;

static int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

// Hexadecimal digits to bytes, in place; -1 if something else is there.
static long bytes(char *text) {
  long size = 0;
  for (char *at = text; *at; at += 2) {
    int high = digit(at[0]), low = at[1] ? digit(at[1]) : -1;
    if (high < 0 || low < 0) return -1;
    text[size++] = (char)(high << 4 | low);
  }
  return size;
}

static void refuse(const char *reason) {
  printf("no ");
  for (; *reason; reason++) putchar(*reason == '\n' || *reason == '\r' ? ' ' : *reason);
  putchar('\n');
}

static void load_from(char *argument) {
  long size = bytes(argument);
  const char *reason = size < 0 ? "not hexadecimal" : load(argument, (size_t)size);
  if (reason) refuse(reason);
  else puts("ok");
}

static void take(char *argument) {
  long size = bytes(argument);
  if (size < 0 || size > MEMORY) {
    refuse("not hexadecimal, or too long");
    return;
  }
  memcpy(memory, argument, (size_t)size);
  length = (size_t)size;
  puts("ok");
}

static void run_many(const char *argument) {
  struct timespec from, to;
  uint64_t result = 0;
  long long times = atoll(argument);
  int bad = 0;
  clock_gettime(CLOCK_MONOTONIC, &from);
  for (long long i = 0; i < times && !bad; i++) bad = run(memory, length, &result);
  clock_gettime(CLOCK_MONOTONIC, &to);
  if (bad) refuse("the runtime reports an error while the program runs");
  else printf("ok %" PRIx64 " %lld\n", result, (to.tv_sec - from.tv_sec) * 1000000000LL + (to.tv_nsec - from.tv_nsec));
}

static void dump(void) {
  printf("ok ");
  for (size_t i = 0; i < length; i++) printf("%02x", memory[i]);
  putchar('\n');
}

static void answer(void) {
  char *argument = strchr(line, ' ');
  if (argument) *argument++ = 0;
  else argument = line + strlen(line);
  if (!strcmp(line, "describe")) printf("ok %s\n", describe());
  else if (!strcmp(line, "load")) load_from(argument);
  else if (!strcmp(line, "memory")) take(argument);
  else if (!strcmp(line, "run")) run_many(argument);
  else if (!strcmp(line, "dump")) dump();
  else refuse("no such request");
}

int serve(int argc, char **argv) {
  const char *reason = argc == 2 ? choose(argv[1]) : "expected one argument: interpreter or jit";
  if (reason) {
    fprintf(stderr, "%s: %s\n", argv[0], reason);
    return 1;
  }
  if (posix_memalign((void **)&memory, 4096, MEMORY)) return 1;
  while (fgets(line, LINE, stdin)) {
    size_t size = strlen(line);
    if (size && line[size - 1] == '\n') {
      line[size - 1] = 0;
      answer();
    } else {
      refuse("a request is longer than two million characters");
      return 1;
    }
    fflush(stdout);
  }
  return 0;
}
