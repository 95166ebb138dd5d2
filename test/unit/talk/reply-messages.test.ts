import assert from 'node:assert/strict';
import type { ToSurface } from '../../../src/protocol/messages.ts';
import { ReplyMessages } from '../../../src/talk/sound/reply-messages.ts';

const audio = (reply: number, ...bytes: number[]): ToSurface => ({
  type: 'audio',
  reply,
  pcm16: Uint8Array.from(bytes),
});

const END: ToSurface = { type: 'audioEnd', reply: 1 };

/** With the bytes as numbers, whatever kind of array they came in. */
const plain = (message: ToSurface): unknown =>
  message.type === 'audio' ? { ...message, pcm16: [...message.pcm16] } : message;

describe('The messages of a reply', () => {
  let sent: ToSurface[];
  let messages: ReplyMessages;

  beforeEach(() => {
    sent = [];
    messages = new ReplyMessages({ postToMedia: (message) => sent.push(message) });
  });

  it('are one for all that comes at once', async () => {
    for (const part of [audio(1, 1, 2), audio(1, 3, 4), audio(1, 5, 6)]) messages.postToMedia(part);
    await Promise.resolve();
    messages.postToMedia(audio(1, 7, 8));
    await Promise.resolve();
    assert.deepEqual(sent.map(plain), [audio(1, 1, 2, 3, 4, 5, 6), audio(1, 7, 8)].map(plain));
  });

  it('keep their order with others, and never mix two replies', async () => {
    for (const message of [audio(1, 1, 2), END, audio(2, 3, 4), audio(3, 5, 6)]) {
      messages.postToMedia(message);
    }
    await Promise.resolve();
    assert.deepEqual(sent.map(plain), [audio(1, 1, 2), END, audio(2, 3, 4), audio(3, 5, 6)].map(plain));
  });

  it('carry at most a second each, also where a long reply is handed over at once', async () => {
    const second = new Uint8Array(48_000);
    for (let part = 0; part < 3; part += 1) messages.postToMedia({ type: 'audio', reply: 1, pcm16: second });
    await Promise.resolve();
    assert.deepEqual(
      sent.map((message) => message.type === 'audio' && message.pcm16.byteLength),
      [48_000, 48_000, 48_000],
    );
  });
});
