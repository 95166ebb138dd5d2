const HEADER_BYTES = 44;

/**
 * A RIFF/WAVE file of PCM16 little-endian mono sound (Microsoft's Multimedia Programming Interface and Data
 * Specifications 1.0, format tag 1).
 */
export function wavFile(pcm16: readonly Uint8Array[], sampleRateHz: number): Uint8Array {
  const dataBytes = pcm16.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const file = new Uint8Array(HEADER_BYTES + dataBytes);
  const header = new DataView(file.buffer);
  const tag = (at: number, text: string) => file.set(new TextEncoder().encode(text), at);
  tag(0, 'RIFF');
  header.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  tag(8, 'WAVE');
  tag(12, 'fmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, sampleRateHz, true);
  header.setUint32(28, sampleRateHz * 2, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  tag(36, 'data');
  header.setUint32(40, dataBytes, true);
  let at = HEADER_BYTES;
  for (const chunk of pcm16) {
    file.set(chunk, at);
    at += chunk.byteLength;
  }
  return file;
}
