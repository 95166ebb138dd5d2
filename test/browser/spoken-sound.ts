import { writeFileSync } from 'node:fs';
import { seededRandom } from '../unit/microphone/seeded-noise.ts';

const WAV_RATE_HZ = 48_000;
const SYLLABLE_SECONDS = 0.22;

/** A voice saying nonsense: syllables of gliding pitch with formant-like overtones up to 3.6 kHz, and pauses between. */
export interface SpokenSound {
  readonly durationSeconds: number;
  /**
   * Mono, -1 … 1, at any rate: the sound is a formula, so a recording can be compared without resampling.
   *
   * @param lateBy samples, 0 to 1: a recording begins anywhere between two samples
   */
  at(rateHz: number, lateBy?: number): Float32Array;
}

export function spokenSound(seed: number, durationSeconds: number): SpokenSound {
  const random = seededRandom(seed);
  const syllables = Array.from({ length: Math.ceil(durationSeconds * 4) }, (_, i) => ({
    from: i * 0.25,
    pitchHz: 105 + random() * 80,
    glide: random() * 60 - 30,
    loudness: random() < 0.2 ? 0 : 0.4 + random() * 0.6,
    overtones: Array.from({ length: 20 }, () => random() ** 2),
  }));
  const at = (rateHz: number, lateBy = 0): Float32Array => {
    const samples = new Float32Array(Math.round(durationSeconds * rateHz));
    for (const { from, pitchHz, glide, loudness, overtones } of syllables) {
      const begin = from * rateHz + lateBy;
      const end = Math.min(samples.length, begin + SYLLABLE_SECONDS * rateHz);
      for (let frame = Math.ceil(begin); frame < end; frame += 1) {
        const t = (frame - begin) / rateHz;
        const phase = 2 * Math.PI * (pitchHz * t + (glide * t * t) / 2);
        const envelope = loudness * Math.sin((Math.PI * t) / SYLLABLE_SECONDS) ** 2;
        let sample = 0;
        overtones.forEach((weight, overtone) => (sample += weight * Math.sin((overtone + 1) * phase)));
        samples[frame] = envelope * sample * 0.06;
      }
    }
    return samples;
  };
  return { durationSeconds, at };
}

/** Writes the sound as PCM16 WAV, with silence before and after, for Chromium's fake microphone. */
export function writeWav(
  path: string,
  sound: SpokenSound,
  silence: { beforeSeconds: number; afterSeconds: number },
): void {
  const samples = sound.at(WAV_RATE_HZ);
  const before = silence.beforeSeconds * WAV_RATE_HZ;
  const data = Buffer.alloc((before + samples.length + silence.afterSeconds * WAV_RATE_HZ) * 2);
  samples.forEach((sample, i) => data.writeInt16LE(Math.round(sample * 32_767), (before + i) * 2));
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(WAV_RATE_HZ, 24);
  header.writeUInt32LE(WAV_RATE_HZ * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  writeFileSync(path, Buffer.concat([header, data]));
}
