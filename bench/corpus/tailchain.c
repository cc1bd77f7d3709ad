// tailchain: 32 tail calls in a row through a program array of four programs, each of which mixes a word of the packet into a state that
// travels in the packet. The first program resets that state, so that the packet can be used again.
#include "machine.h"

#define STEPS 32

struct state {
  u32 step;
  u32 mix;
};

int stage0(struct xdp_md *ctx);
int stage1(struct xdp_md *ctx);
int stage2(struct xdp_md *ctx);
int stage3(struct xdp_md *ctx);

struct {
  __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
  __uint(max_entries, 4);
  __uint(key_size, sizeof(u32));
  __array(values, int(struct xdp_md *));
} stages SEC(".maps") = {.values = {stage0, stage1, stage2, stage3}};

// The state, with 128 bytes of data behind it; no address if the packet is shorter.
INLINED struct state *state_of(struct xdp_md *ctx) {
  u8 *data = (u8 *)(long)ctx->data;
  return data + sizeof(struct state) + 128 <= (u8 *)(long)ctx->data_end ? (struct state *)data : 0;
}

PACKET_ENTRY(tailchain) {
  struct state *state = state_of(ctx);
  if (!state) return 0;
  state->step = 0;
  state->mix = 0x811c9dc5;
  TAIL_CALL(ctx, stages, 0);
  return 0;
}

// What a stage does before it goes on: its own way to mix, and the next step. The last one returns the state. The verifier wants the second test.
#define MIX(next, expression)                                                                                                              \
  struct state *state = state_of(ctx);                                                                                                     \
  if (!state) return 0;                                                                                                                    \
  const u32 *word = (const u32 *)(state + 1) + (state->step & (STEPS - 1));                                                                \
  if ((u8 *)(word + 1) > (u8 *)(long)ctx->data_end) return 0;                                                                              \
  u32 mix = state->mix, in = *word;                                                                                                        \
  state->mix = mix = (expression);                                                                                                         \
  if (++state->step >= STEPS) return (int)mix;                                                                                             \
  TAIL_CALL(ctx, stages, next);                                                                                                            \
  return 1

STAGE(stage0) { MIX(1, (mix ^ in) * 0x01000193); }
STAGE(stage1) { MIX(2, (mix + in) ^ mix >> 15); }
STAGE(stage2) { MIX(3, mix * 31 - in); }
STAGE(stage3) { MIX(0, (mix << 7 | mix >> 25) ^ in); }
