/** A repeatable stream of uniform numbers in [0, 1): mulberry32, small and good enough for test signals. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of this run: printed by the tests that use it, set by the environment to play a failure again. */
export const SEED = Number(process.env['TALKTHROUGH_TEST_SEED'] ?? Date.now() % 1_000_000);
