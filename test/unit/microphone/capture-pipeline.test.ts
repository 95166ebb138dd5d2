import assert from 'node:assert/strict';
import {
  CapturePipeline,
  CHUNK_FRAMES,
  CHUNKS_AT_ONCE,
  CHUNKS_AT_ONCE_IN_SILENCE,
} from '../../../webview/microphone/capture-pipeline.ts';
import { levelOf, toPcm16 } from '../../../webview/microphone/capture-pipeline.ts';

const QUANTUM = 128;

interface Captured {
  readonly chunks: { readonly pcm16: Int16Array; readonly level: number }[];
  /** How many chunks came together, in order. */
  readonly atOnce: number[];
  readonly pipeline: CapturePipeline;
}

function capture(rateHz: number): Captured {
  const chunks: Captured['chunks'] = [];
  const atOnce: number[] = [];
  const pipeline = new CapturePipeline(rateHz, (buffer, level) => {
    const pcm16 = new Int16Array(buffer);
    atOnce.push(Math.ceil(pcm16.length / CHUNK_FRAMES));
    for (let at = 0; at < pcm16.length; at += CHUNK_FRAMES) {
      chunks.push({ pcm16: pcm16.slice(at, at + CHUNK_FRAMES), level });
    }
  });
  return { chunks, atOnce, pipeline };
}

function pushAll(pipeline: CapturePipeline, channels: readonly Float32Array[]): void {
  const frames = channels[0]?.length ?? 0;
  for (let at = 0; at < frames; at += QUANTUM)
    pipeline.push(channels.map((channel) => channel.subarray(at, at + QUANTUM)));
}

function sine(amplitude: number, rateHz: number, frames: number): Float32Array {
  return Float32Array.from({ length: frames }, (_, i) => amplitude * Math.sin((2 * Math.PI * 440 * i) / rateHz));
}

describe('What the microphone sends', () => {
  it('comes in chunks of 20 ms, and the rest of less than 20 ms at the end', () => {
    const { chunks, pipeline } = capture(48_000);
    pushAll(pipeline, [sine(0.5, 48_000, 48_000 + 480)]);
    assert.ok(chunks.every(({ pcm16 }) => pcm16.length === 320));
    pipeline.flush();
    assert.equal(
      chunks.reduce((sum, { pcm16 }) => sum + pcm16.length, 0),
      16_000 + 160,
    );
    assert.equal(chunks.length, 51);
  });

  it('travels in pairs, and a last odd chunk goes by itself', () => {
    const { atOnce, pipeline } = capture(16_000);
    pushAll(pipeline, [sine(0.5, 16_000, 5 * CHUNK_FRAMES)]);
    assert.deepEqual(atOnce, [CHUNKS_AT_ONCE, CHUNKS_AT_ONCE]);
    pipeline.flush();
    assert.deepEqual(atOnce, [CHUNKS_AT_ONCE, CHUNKS_AT_ONCE, 1]);
  });

  it('travels in larger numbers once nobody has spoken for 5 s; the first sound takes along what waits', () => {
    const { chunks, atOnce, pipeline } = capture(16_000);
    pushAll(pipeline, [sine(0.001, 16_000, 250 * CHUNK_FRAMES)]);
    assert.ok(atOnce.every((number) => number === CHUNKS_AT_ONCE));
    pushAll(pipeline, [sine(0.001, 16_000, (CHUNKS_AT_ONCE_IN_SILENCE + 4) * CHUNK_FRAMES)]);
    assert.equal(atOnce.at(-1), CHUNKS_AT_ONCE_IN_SILENCE);
    pushAll(pipeline, [sine(0.1, 16_000, CHUNK_FRAMES)]);
    assert.equal(atOnce.at(-1), 5);
    assert.ok(Math.max(...(chunks.at(-1)?.pcm16 ?? [])) > 3_000);
    assert.ok((chunks.at(-1)?.level ?? 0) > 0.06);
    pushAll(pipeline, [sine(0.1, 16_000, 2 * CHUNK_FRAMES)]);
    assert.equal(atOnce.at(-1), CHUNKS_AT_ONCE);
    pipeline.flush();
    assert.equal(chunks.length, 250 + CHUNKS_AT_ONCE_IN_SILENCE + 4 + 1 + 2);
  });

  it('is the sound that went in, to within one step of 16 bits plus the filter', () => {
    const { chunks, pipeline } = capture(44_100);
    pushAll(pipeline, [sine(0.5, 44_100, 44_100)]);
    pipeline.flush();
    const got = chunks.flatMap(({ pcm16 }) => [...pcm16]);
    const wanted = sine(0.5, 16_000, 16_000);
    for (let i = 200; i < 15_800; i += 1) {
      assert.ok(Math.abs((got[i] ?? 0) / 32_768 - (wanted[i] ?? 0)) < 1e-3, `sample ${i}`);
    }
  });

  it('is clamped, never wrapped, when the input is 0.4 dB too loud: no jump larger than the sine itself makes', () => {
    const { chunks, pipeline } = capture(16_000);
    pushAll(pipeline, [sine(1.047, 16_000, 16_000)]);
    pipeline.flush();
    const got = chunks.flatMap(({ pcm16 }) => [...pcm16]);
    const steepest = 1.047 * 32_768 * 2 * Math.sin((Math.PI * 440) / 16_000);
    for (let i = 1; i < got.length; i += 1) {
      assert.ok(Math.abs((got[i] ?? 0) - (got[i - 1] ?? 0)) <= steepest + 1, `jump at ${i}`);
    }
    assert.equal(Math.max(...got), 32_767);
    assert.equal(Math.min(...got), -32_768);
  });

  it('keeps 16-bit sources bit for bit at 16 kHz', () => {
    const source = Int16Array.from({ length: 3_200 }, (_, i) => ((i * 7_919) % 65_536) - 32_768);
    const { chunks, pipeline } = capture(16_000);
    pushAll(pipeline, [Float32Array.from(source, (sample) => sample / 32_768)]);
    assert.deepEqual(
      chunks.flatMap(({ pcm16 }) => [...pcm16]),
      [...source],
    );
  });

  it('is the mean of all channels', () => {
    const { chunks, pipeline } = capture(16_000);
    pushAll(pipeline, [new Float32Array(640).fill(0.5), new Float32Array(640).fill(-0.25)]);
    assert.ok(chunks.flatMap(({ pcm16 }) => [...pcm16]).every((sample) => sample === 4_096));
  });

  it('is not poisoned by one broken sample from a driver', () => {
    const { chunks, pipeline } = capture(48_000);
    const sound = sine(0.5, 48_000, 48_000);
    sound[1_000] = Number.NaN;
    sound[2_000] = Number.POSITIVE_INFINITY;
    pushAll(pipeline, [sound]);
    assert.ok(chunks.slice(5).every(({ level }) => Math.abs(level - 0.354) < 0.01));
  });

  it('has nothing of before a mute in it', () => {
    const { chunks, pipeline } = capture(48_000);
    pushAll(pipeline, [sine(1, 48_000, 1_280)]);
    const before = chunks.length;
    pipeline.discard();
    pushAll(pipeline, [new Float32Array(4_800)]);
    pipeline.flush();
    assert.ok(chunks.slice(before).every(({ level }) => level === 0));
  });

  it('takes larger blocks than today’s browsers give', () => {
    const { chunks, pipeline } = capture(48_000);
    pipeline.push([sine(0.5, 48_000, 4_800)]);
    pipeline.flush();
    assert.equal(
      chunks.reduce((sum, { pcm16 }) => sum + pcm16.length, 0),
      1_600,
    );
  });
});

describe('PCM16', () => {
  it('rounds to the nearest step and clamps at both ends', () => {
    assert.deepEqual(
      [0, 1, -1, 2, -2, 0.5, 1.4 / 32_768, 1.6 / 32_768, Number.NaN, Infinity, -Infinity].map(toPcm16),
      [0, 32_767, -32_768, 32_767, -32_768, 16_384, 1, 2, 0, 32_767, -32_768],
    );
  });

  it('has a level of 0 in silence, 1 for a full square wave, 0.707 for a full sine', () => {
    assert.equal(levelOf(new Int16Array(320)), 0);
    assert.equal(levelOf(new Int16Array(320).fill(-32_768)), 1);
    const sinePcm = Int16Array.from(sine(1, 16_000, 16_000), toPcm16);
    assert.ok(Math.abs(levelOf(sinePcm) - Math.SQRT1_2) < 0.001);
    assert.equal(levelOf(new Int16Array(0)), 0);
  });
});
