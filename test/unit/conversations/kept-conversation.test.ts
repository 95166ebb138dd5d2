import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readKept, writeKept } from '../../../src/conversations/kept-conversation.ts';
import type { Entry } from '../../../src/protocol/conversation.ts';

const said: Entry = { kind: 'person', id: 'a', atMs: 1, via: 'voice', text: 'What is this?', status: 'done' };
const answered: Entry = { kind: 'reply', id: 'b', atMs: 2, text: 'A shelf.', heardLength: 8, status: 'done' };

describe('a kept conversation', () => {
  it('comes back as it was', () => {
    assert.deepEqual(readKept(writeKept([said, answered], false)), { entries: [said, answered], cutOff: false });
  });

  it('that was cut off in mid-sentence keeps only what was heard of the reply, and says so', () => {
    const speaking: Entry = { ...answered, text: 'A shelf with three boards.', heardLength: 12, status: 'open' };
    const { entries, cutOff } = readKept(writeKept([said, speaking], true));
    assert.equal(cutOff, true);
    assert.deepEqual(entries[1], { ...answered, text: 'A shelf with', heardLength: 12, status: 'interrupted' });
  });

  it('says that a session was going on even when nobody was in mid-sentence', () => {
    assert.equal(readKept(writeKept([said, answered], true)).cutOff, true);
  });

  it('drops a reply of which nothing was heard', () => {
    const silent: Entry = { ...answered, heardLength: 0, status: 'open' };
    assert.deepEqual(readKept(writeKept([said, silent], true)).entries, [said]);
  });

  for (const broken of [
    '',
    '{',
    '{"version":2,"entries":[]}',
    '{"version":1,"sessionOpen":false,"entries":[{"kind":"person"}]}',
  ]) {
    it(`is refused when it is broken: ${broken}`, () => {
      assert.throws(() => readKept(new TextEncoder().encode(broken)));
    });
  }
});
