import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readKept, writeKept } from '../../../src/conversations/kept-conversation.ts';
import type { Entry } from '../../../src/protocol/conversation.ts';

const said: Entry = { kind: 'person', id: 'a', atMs: 1, via: 'voice', text: 'What is this?', status: 'done' };
const looked: Entry = {
  kind: 'tool',
  id: 't',
  atMs: 2,
  text: 'Read src/shelf.ts 10 to 48',
  status: 'done',
  opens: { path: 'src/shelf.ts', line: 10, endLine: 48 },
};
const grounded: Entry = {
  kind: 'sources',
  id: 's',
  atMs: 2,
  text: '',
  links: [{ title: 'shelves.example', uri: 'https://shelves.example/a' }],
  searches: ['what is a shelf'],
};
const answered: Entry = { kind: 'reply', id: 'b', atMs: 2, text: 'A shelf.', heardLength: 8, status: 'done' };

describe('a kept conversation', () => {
  it('comes back as it was', () => {
    const entries = [said, looked, answered, grounded];
    assert.deepEqual(readKept(writeKept(entries, false)), { entries, cutOff: false });
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

  it('says of a tool that was at work when it was cut off that it came to nothing', () => {
    const [restored] = readKept(writeKept([{ ...looked, status: 'running' }], true)).entries;
    assert.deepEqual(restored, { ...looked, status: 'failed', text: 'Read src/shelf.ts 10 to 48: cut off' });
  });

  const misfits: Readonly<Record<string, object>> = {
    'of a kind that nobody knows': { ...said, kind: 'song' },
    'with half of its fields': { kind: 'person' },
    'that opens line 0': { ...looked, opens: { path: 'a.ts', line: 0 } },
    'that opens nothing': { ...looked, opens: { path: '' } },
    'with a link to a script': { ...grounded, links: [{ title: 'x', uri: 'javascript:alert(1)' }] },
    'with a link to what is not encrypted': { ...grounded, links: [{ title: 'x', uri: 'http://shelves.example/' }] },
    'with more links than anybody reads': {
      ...grounded,
      links: Array(1_000).fill({ title: 'x', uri: 'https://a.example/' }),
    },
    'with an endless title': { ...grounded, links: [{ title: 'x'.repeat(10_000), uri: 'https://a.example/' }] },
  };
  for (const [what, misfit] of Object.entries(misfits)) {
    it(`leaves out an entry ${what}, and keeps the others`, () => {
      const file = JSON.stringify({ version: 1, sessionOpen: false, entries: [said, misfit, answered] });
      assert.deepEqual(readKept(new TextEncoder().encode(file)).entries, [said, answered]);
    });
  }

  it('drops a reply of which nothing was heard', () => {
    const silent: Entry = { ...answered, heardLength: 0, status: 'open' };
    assert.deepEqual(readKept(writeKept([said, silent], true)).entries, [said]);
  });

  for (const broken of ['', '{', '{"version":2,"entries":[]}', '{"version":1,"sessionOpen":false,"entries":"none"}']) {
    it(`is refused when it is broken: ${broken}`, () => {
      assert.throws(() => readKept(new TextEncoder().encode(broken)));
    });
  }
});
