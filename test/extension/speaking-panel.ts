import type { TestSurface } from './test-surface.ts';

const CHUNK_SAMPLES = 320;

/** Sends sound as a microphone does, 20 ms at a time. */
function sound(panel: TestSurface, chunks: number, amplitude: number): void {
  for (let sequence = 0; sequence < chunks; sequence += 1) {
    const pcm16 = Buffer.alloc(CHUNK_SAMPLES * 2);
    for (let at = 0; at < CHUNK_SAMPLES; at += 1) {
      pcm16.writeInt16LE(Math.round(amplitude * Math.sin(at * 0.3)), at * 2);
    }
    panel.says({ type: 'microphoneChunk', sequence, pcm16: new Uint8Array(pcm16), level: amplitude / 32_768 });
  }
}

/** 0.3 s of a loud voice, as far as loudness goes. */
export function speak(panel: TestSurface): void {
  sound(panel, 15, 10_000);
}

/** 3 s of silence: longer than any pause between words. */
export function fallSilent(panel: TestSurface): void {
  sound(panel, 150, 0);
}
