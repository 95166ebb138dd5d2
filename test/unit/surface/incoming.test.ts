import assert from 'node:assert/strict';
import { Incoming, owningBytes } from '../../../webview/channel/incoming.ts';

describe('messages of the host in a surface', () => {
  it('reach those who take their type, in the order in which they came to listen, and nobody else', () => {
    const incoming = new Incoming();
    const heard: string[] = [];
    incoming.listen({ level: ({ level }) => heard.push(`view ${level}`), flush: () => heard.push('flush') });
    incoming.listen({ level: ({ level }) => heard.push(`frame ${level}`) });
    incoming.deliver({ type: 'level', level: 0.5 });
    assert.deepEqual(heard, ['view 0.5', 'frame 0.5']);
  });

  it('are told from what others post into the same window', () => {
    const incoming = new Incoming();
    let heard = 0;
    incoming.listen({ speaker: () => (heard += 1) });
    for (const foreign of [
      undefined,
      null,
      'speaker',
      7,
      [],
      {},
      { type: 'toString' },
      { type: 'vscode-x' },
      { type: 7 },
    ])
      incoming.deliver(foreign);
    assert.equal(heard, 0);
  });

  it('own their bytes, wherever those stand, and copy none that they own already', () => {
    const frame = Uint8Array.of(9, 1, 2, 9);
    const view = frame.subarray(1, 3);
    const whole = Uint8Array.of(3, 4);
    const message = { type: 'x', reply: 1, view, inside: { list: [view, 'text', null] }, whole };
    const owned = owningBytes(message) as typeof message;
    assert.deepEqual(owned, message);
    assert.equal(owned.view.buffer.byteLength, 2);
    assert.equal((owned.inside.list[0] as Uint8Array).buffer.byteLength, 2);
    assert.equal(owned.whole.buffer, whole.buffer);
  });
});
