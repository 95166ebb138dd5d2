import assert from 'node:assert/strict';
import type { MicrophoneChunkMessage, ToSurface } from '../../../src/protocol/messages.ts';
import { settingsFrom } from '../../../src/settings/schema.ts';
import { MicrophoneControl } from '../../../src/talk/sound/microphone-control.ts';

const CHUNK_BYTES = 640;

describe('What the host takes from the microphone', () => {
  let broadcast: ToSurface[];
  let microphone: MicrophoneControl;
  let sequence: number;
  let arrives: (message: MicrophoneChunkMessage) => void;
  let sent: Uint8Array[];

  beforeEach(() => {
    broadcast = [];
    sequence = 0;
    sent = [];
    microphone = new MicrophoneControl(
      {
        postToMedia: () => undefined,
        broadcast: (message) => broadcast.push(message),
        mediaAbilities: new Set(['microphone'] as const),
        on: (_type, listener) => {
          arrives = listener;
          return { dispose: () => undefined };
        },
      },
      { current: settingsFrom(() => undefined) },
    );
    microphone.setSession({ sendMicrophone: (pcm16) => sent.push(pcm16) });
    microphone.openForSession();
  });

  function comes(chunks: number, level = 0, tailBytes = 0): readonly Uint8Array[] {
    const pcm16 = Uint8Array.from({ length: chunks * CHUNK_BYTES + tailBytes }, (_, i) => (i / CHUNK_BYTES) | 0);
    sent = [];
    arrives({ type: 'microphoneChunk', sequence, pcm16, level });
    sequence += chunks;
    return sent;
  }

  it('goes on as it comes, in order, but at most 80 ms at once', () => {
    const sizes = (chunks: readonly Uint8Array[]) => chunks.map(({ byteLength }) => byteLength);
    assert.deepEqual(sizes(comes(2)), [1_280]);
    const many = comes(9, 0, 100);
    assert.deepEqual(sizes(many), [2_560, 2_560, 740]);
    assert.deepEqual(
      many.map(([first]) => first),
      [0, 4, 8],
    );
  });

  it('counts every chunk that never came', () => {
    comes(2);
    sequence += 3;
    comes(2);
    assert.equal(microphone.takeLostChunks(), 3);
  });

  it('moves the meter when it is to move; while it stands out it is told so again, at zero it is not', () => {
    for (let i = 0; i < 30; i += 1) comes(2);
    assert.deepEqual(broadcast, []);
    for (let i = 0; i < 30; i += 1) comes(2, 0.1);
    // 1.2 s of the same level: told once, and again every 240 ms.
    assert.equal(broadcast.length, 5);
    broadcast = [];
    for (let i = 0; i < 30; i += 1) comes(2);
    assert.deepEqual(broadcast, [{ type: 'level', level: 0 }]);
  });
});
