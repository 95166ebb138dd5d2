// WAV files of mono PCM16, and a timeline to build a microphone recording from speech and silence.

export interface Recording {
  pcm16: Int16Array;
  rateHz: number;
}

const HEADER_BYTES = 44;

/** A RIFF/WAVE file (PCM, 16 bit, mono). */
export function encodeWav({ pcm16, rateHz }: Recording): Buffer {
  const file = Buffer.alloc(HEADER_BYTES + pcm16.length * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rateHz, 24);
  file.writeUInt32LE(rateHz * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(pcm16.length * 2, 40);
  pcm16.forEach((sample, index) => file.writeInt16LE(sample, HEADER_BYTES + index * 2));
  return file;
}

/**
 * Reads a PCM16 WAV; of several channels the first is kept. Unknown chunks are skipped.
 * @throws if it is not a RIFF/WAVE file of 16-bit PCM
 */
export function decodeWav(file: Uint8Array): Recording {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') {
    throw new Error('not a WAV file');
  }
  let channels = 0;
  let rateHz = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = at + 8;
    if (name === 'fmt ') {
      if (bytes.readUInt16LE(body) !== 1 || bytes.readUInt16LE(body + 14) !== 16) throw new Error('not 16-bit PCM');
      channels = bytes.readUInt16LE(body + 2);
      rateHz = bytes.readUInt32LE(body + 4);
    } else if (name === 'data') {
      const frames = Math.floor(Math.min(size, bytes.length - body) / (2 * channels));
      return {
        pcm16: Int16Array.from({ length: frames }, (_, frame) => bytes.readInt16LE(body + frame * 2 * channels)),
        rateHz,
      };
    }
    at = body + size + (size % 2);
  }
  throw new Error('a WAV file without data');
}

/** Silence of a length in milliseconds. */
export function silence(durationMs: number, rateHz: number): Int16Array {
  return new Int16Array(Math.round((durationMs * rateHz) / 1000));
}

/** Joins pieces one after another; a number is that many milliseconds of silence. */
export function timeline(pieces: readonly (Int16Array | number)[], rateHz: number): Int16Array {
  const blocks = pieces.map((piece) => (typeof piece === 'number' ? silence(piece, rateHz) : piece));
  const joined = new Int16Array(blocks.reduce((total, block) => total + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    joined.set(block, at);
    at += block.length;
  }
  return joined;
}

/** PCM16 as little-endian bytes, as the Live API carries it. */
export function pcm16ToBytes(pcm16: Int16Array): Buffer {
  const bytes = Buffer.alloc(pcm16.length * 2);
  pcm16.forEach((sample, index) => bytes.writeInt16LE(sample, index * 2));
  return bytes;
}

/** Little-endian PCM16 bytes as samples; a trailing odd byte is ignored. */
export function bytesToPcm16(bytes: Uint8Array): Int16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int16Array.from({ length: Math.floor(bytes.byteLength / 2) }, (_, index) => view.getInt16(index * 2, true));
}

/** Root mean square level in dB below full scale; -100 for silence. */
export function levelDbfs(pcm16: Int16Array): number {
  if (pcm16.length === 0) return -100;
  const meanSquare = pcm16.reduce((sum, sample) => sum + sample * sample, 0) / pcm16.length;
  return meanSquare === 0 ? -100 : Math.max(-100, 10 * Math.log10(meanSquare / 32768 ** 2));
}
