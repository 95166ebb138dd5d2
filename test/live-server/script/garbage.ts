// Frames no client should ever get, and one correct frame in an unusual wrapping.
import type { Garbage } from './actions.ts';

/** Larger than any frame the service sends, small enough for a test. */
const OVERSIZED_BYTES = 24 * 1024 * 1024;

/** A string goes out with the text opcode, a buffer as binary. */
export function garbageFrame(kind: Garbage): string | Buffer {
  switch (kind) {
    case 'not-json':
      return Buffer.from('<html><body>502 Bad Gateway</body></html>');
    case 'wrong-shapes':
      return Buffer.from(
        JSON.stringify({
          serverContent: {
            modelTurn: {
              parts: [{ inlineData: 'audio' }, null, { inlineData: { mimeType: 'audio/pcm', data: '%%%' } }, 7],
            },
            outputTranscription: ['text'],
            turnComplete: 'yes',
          },
          toolCall: { functionCalls: { name: 3 } },
          toolCallCancellation: { ids: 'all' },
          goAway: { timeLeft: {} },
          sessionResumptionUpdate: [],
          usageMetadata: 'many',
        }),
      );
    case 'truncated':
      return Buffer.from('{\n  "serverContent": {\n    "modelTurn": {\n      "par');
    case 'oversized':
      return Buffer.from(JSON.stringify({ padding: ' '.repeat(OVERSIZED_BYTES) }));
    case 'empty':
      return Buffer.alloc(0);
    case 'text-opcode':
      return JSON.stringify({ serverContent: { outputTranscription: { text: '' } } });
  }
}
