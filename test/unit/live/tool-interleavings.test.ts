import assert from 'node:assert/strict';
import { pcm16ToBytes, speak } from '../../live-server/index.ts';
import { Interleaving, type Met } from './interleaving.ts';
import { Seeded } from './seeded.ts';

/** `LIFE`, the seed of one of them, lives that one alone. */
const LIVES = 500;
/** Each waits for its sockets most of the time. */
const AT_ONCE = 8;

/** What all of them together must have met to mean anything: about half of what they do meet. */
const AT_LEAST: Readonly<Record<keyof Met, number>> = {
  calls: 3_000,
  answered: 2_000,
  answeredAgain: 80,
  cancelled: 150,
  lost: 500,
  told: 250,
  connections: 700,
  resumed: 100,
};

describe('each call of a tool', () => {
  it(`is answered exactly once, or told, through ${LIVES} lives of interruption, cancellation, goAway, loss and stop`, async () => {
    const speech = await bargeIn();
    const seeds = new Seeded();
    const life = process.env['LIFE'];
    const waiting = life === undefined ? Array.from({ length: LIVES }, () => seeds.below(2 ** 31)) : [Number(life)];
    const met: Met[] = [];
    const live = async (): Promise<void> => {
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
        try {
          met.push(await Interleaving.run(new Seeded(seed), speech));
        } catch (cause) {
          waiting.length = 0;
          throw new Error(`LIFE=${seed} of SEED=${seeds.seed}: ${String(cause)}`, { cause });
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, live));
    if (life === undefined) assertMet(met, seeds.seed);
  }).timeout(120_000);
});

/** A word and then silence, in chunks of 100 ms. */
async function bargeIn(): Promise<readonly Uint8Array[]> {
  const { pcm16 } = await speak('Wait.', { rateHz: 16_000 });
  const samples = Int16Array.of(...new Int16Array(3_200), ...pcm16, ...new Int16Array(12_800));
  return Array.from({ length: Math.ceil(samples.length / 1_600) }, (_, at) =>
    pcm16ToBytes(samples.subarray(at * 1_600, (at + 1) * 1_600)),
  );
}

function assertMet(met: readonly Met[], seed: number): void {
  // The keys are those of AT_LEAST.
  for (const what of Object.keys(AT_LEAST) as (keyof Met)[]) {
    const sum = met.reduce((total, each) => total + each[what], 0);
    assert.ok(sum >= AT_LEAST[what], `${what}: only ${sum}, which proves little (SEED=${seed})`);
  }
}
