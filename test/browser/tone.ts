/** How much of a stretch of sound one steady tone explains, 0 to 1. A lost or doubled piece inside it shows at once. */
export function toneShare(samples: Int16Array, frequencyHz: number, sampleRateHz: number): number {
  const step = (2 * Math.PI * frequencyHz) / sampleRateHz;
  let [inPhase, quadrature, energy] = [0, 0, 0];
  samples.forEach((sample, at) => {
    inPhase += sample * Math.cos(step * at);
    quadrature += sample * Math.sin(step * at);
    energy += sample * sample;
  });
  return energy === 0 ? 0 : (2 * (inPhase ** 2 + quadrature ** 2)) / samples.length / energy;
}

/** The samples in one piece. */
export function joinPcm16(chunks: readonly Uint8Array[]): Int16Array {
  const bytes = Buffer.concat(chunks);
  return Int16Array.from({ length: bytes.byteLength / 2 }, (_, at) => bytes.readInt16LE(2 * at));
}
