/** PCM16 as it travels to the page. */
export function pcm16ToBase64(samples: Int16Array): string {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64');
}

export function pcm16FromBase64(base64: string): Int16Array {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return new Int16Array(bytes.buffer);
}

/** Float32 from the page, in steps of 16 bits: whole numbers wherever nothing was faded or resampled. */
export function stepsFromBase64(base64: string): readonly number[] {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return Array.from(new Float32Array(bytes.buffer), (sample) => sample * 32_768);
}
