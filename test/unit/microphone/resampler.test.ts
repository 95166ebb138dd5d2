import assert from 'node:assert/strict';
import { Resampler } from '../../../webview/microphone/resampler.ts';
import { SEED, seededRandom } from './seeded-noise.ts';

const DEVICE_RATES_HZ = [8_000, 11_025, 22_050, 24_000, 32_000, 44_100, 47_999, 48_000, 88_200, 96_000, 192_000];

function sine(frequencyHz: number, rateHz: number, frames: number): Float32Array {
  return Float32Array.from({ length: frames }, (_, i) => Math.sin((2 * Math.PI * frequencyHz * i) / rateHz));
}

/** Resamples in one go, tail included. */
function resample(input: Float32Array, inputRateHz: number, outputRateHz = 16_000): Float32Array {
  const resampler = new Resampler({ inputRateHz, outputRateHz });
  const output = new Float32Array(resampler.maxOutputFrames(input.length) + resampler.maxOutputFrames(0));
  const written = resampler.process(input, input.length, output);
  return output.subarray(0, written + resampler.flush(output, written));
}

/** RMS in dB of a full-scale sine, over the middle, where the filter has settled. */
function middleLevelDb(samples: Float32Array): number {
  const middle = samples.subarray(Math.floor(samples.length / 4), Math.floor((samples.length * 3) / 4));
  const power = middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length;
  return 10 * Math.log10(power * 2 + 1e-20);
}

describe('Resampling a microphone to 16 kHz', () => {
  for (const rateHz of DEVICE_RATES_HZ) {
    it(`keeps speech frequencies within 0.05 dB from ${rateHz} Hz`, () => {
      for (const share of [0.01, 0.1, 0.5, 0.85, 0.9]) {
        const frequencyHz = (share * Math.min(rateHz, 16_000)) / 2;
        const levelDb = middleLevelDb(resample(sine(frequencyHz, rateHz, rateHz / 2), rateHz));
        assert.ok(Math.abs(levelDb) < 0.05, `${frequencyHz} Hz came out at ${levelDb.toFixed(3)} dB`);
      }
    });

    it(`lets no alias through above -80 dB from ${rateHz} Hz`, () => {
      for (let frequencyHz = 8_000; frequencyHz <= rateHz / 2; frequencyHz += rateHz / 40) {
        const levelDb = middleLevelDb(resample(sine(frequencyHz + 1, rateHz, rateHz / 4), rateHz));
        assert.ok(levelDb < -80, `${frequencyHz} Hz came out at ${levelDb.toFixed(1)} dB`);
      }
    });

    it(`gives a constant back as that constant from ${rateHz} Hz`, () => {
      const output = resample(new Float32Array(rateHz / 4).fill(0.5), rateHz);
      const middle = output.subarray(output.length / 4, (output.length * 3) / 4);
      assert.ok(middle.every((sample) => Math.abs(sample - 0.5) < 1e-5));
    });

    it(`keeps time from ${rateHz} Hz: an impulse comes out when it went in, and nothing is cut at the end`, () => {
      const input = new Float32Array(rateHz);
      input[rateHz / 2 - ((rateHz / 2) % 1)] = 1;
      const output = resample(input, rateHz);
      const peak = output.reduce((best, sample, i) => (Math.abs(sample) > Math.abs(output[best] ?? 0) ? i : best), 0);
      assert.equal(output.length, 16_000);
      assert.ok(Math.abs(peak - 8_000) <= 1, `the impulse came out at ${peak}`);
    });

    it(`does not depend on how the sound is cut into blocks from ${rateHz} Hz (seed ${SEED})`, () => {
      const random = seededRandom(SEED);
      const input = Float32Array.from({ length: 30_000 }, () => random() * 2 - 1);
      const whole = resample(input, rateHz);
      const resampler = new Resampler({ inputRateHz: rateHz, outputRateHz: 16_000 });
      const output = new Float32Array(whole.length);
      let written = 0;
      for (let taken = 0; taken < input.length;) {
        const frames = Math.min(input.length - taken, Math.floor(random() ** 3 * 3_000));
        written += resampler.process(input.subarray(taken, taken + frames), frames, output, written);
        taken += frames;
      }
      written += resampler.flush(output, written);
      assert.equal(written, whole.length);
      assert.deepEqual(output, whole);
    });
  }

  it('leaves 16 kHz untouched, to the bit', () => {
    const input = sine(997, 16_000, 5_000);
    assert.deepEqual(resample(input, 16_000), input);
  });

  it('starts anew after a flush: the same sound gives the same samples', () => {
    const resampler = new Resampler({ inputRateHz: 44_100, outputRateHz: 16_000 });
    const input = sine(440, 44_100, 4_410);
    const [first, second] = [0, 1].map(() => {
      const output = new Float32Array(2_000);
      const written = resampler.process(input, input.length, output);
      return output.subarray(0, written + resampler.flush(output, written));
    });
    assert.equal(first?.length, 1_600);
    assert.deepEqual(second, first);
  });

  it('holds sound back by less than 5 ms from the usual rates', () => {
    for (const inputRateHz of [44_100, 48_000, 96_000]) {
      const { lookAheadMs } = new Resampler({ inputRateHz, outputRateHz: 16_000 });
      assert.ok(lookAheadMs < 5, `${inputRateHz} Hz waits ${lookAheadMs} ms`);
    }
  });

  it('refuses rates that no device has', () => {
    for (const inputRateHz of [0, -1, Number.NaN, 44_100.5, 10_000_000]) {
      assert.throws(() => new Resampler({ inputRateHz, outputRateHz: 16_000 }), RangeError);
    }
  });
});

describe('Resampling replies for a browser that refuses 24 kHz', () => {
  for (const rateHz of [44_100, 48_000, 96_000]) {
    it(`lets no image through above -80 dB to ${rateHz} Hz`, () => {
      const tone = sine(10_000, 24_000, 24_000);
      const output = resample(tone, 24_000, rateHz);
      // What is left after the tone itself is taken out, by projection on its sine and cosine.
      const cut = output.subarray(rateHz / 4, (rateHz * 3) / 4);
      let [sin, cos] = [0, 0];
      cut.forEach((sample, i) => {
        const angle = (2 * Math.PI * 10_000 * (i + rateHz / 4)) / rateHz;
        sin += (sample * Math.sin(angle) * 2) / cut.length;
        cos += (sample * Math.cos(angle) * 2) / cut.length;
      });
      const rest = cut.map((sample, i) => {
        const angle = (2 * Math.PI * 10_000 * (i + rateHz / 4)) / rateHz;
        return sample - sin * Math.sin(angle) - cos * Math.cos(angle);
      });
      assert.ok(Math.abs(Math.hypot(sin, cos) - 1) < 0.005);
      const power = rest.reduce((sum, sample) => sum + sample * sample, 0) / rest.length;
      assert.ok(10 * Math.log10(power * 2) < -80, `rest at ${10 * Math.log10(power * 2)} dB`);
    });
  }
});
