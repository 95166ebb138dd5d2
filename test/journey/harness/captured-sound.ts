import type { Page } from 'playwright-core';
import { CAPTURED_SOUND, type CapturedSound } from '../page-scripts/audio-tap-message.ts';

/** What the browser gave of a microphone to the page that opened it: mono, from the moment of opening on. */
export interface CapturedMicrophone {
  readonly sampleRateHz: number;
  /** In -1 … 1. */
  readonly samples: Float32Array;
}

/**
 * What the one microphone that is open in this page gave so far. It is what the page's own code was given, sample by
 * sample: whatever the browser lost on the way from the device is missing here too.
 */
export async function capturedMicrophone(page: Page): Promise<CapturedMicrophone> {
  const inFrames = await Promise.all(
    page.frames().map((frame) => frame.evaluate<CapturedSound[]>(`${CAPTURED_SOUND}?.() ?? []`).catch(() => [])),
  );
  const [captured, ...more] = inFrames.flat();
  if (captured === undefined || more.length > 0)
    throw new Error(`${more.length + (captured ? 1 : 0)} microphones are open, not one.`);
  // Copied, because a Buffer may begin anywhere and floats must not.
  const bytes = new Uint8Array(Buffer.from(captured.base64, 'base64'));
  return { sampleRateHz: captured.sampleRateHz, samples: new Float32Array(bytes.buffer) };
}
