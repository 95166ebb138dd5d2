import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Conversation } from '../../src/conversations/conversation.ts';
import { readKept, writeKept } from '../../src/conversations/kept-conversation.ts';
import { ConversationKeeper } from '../../src/conversations/keeper.ts';

describe('What keeps the conversation', () => {
  it('writes nothing before it has read what was kept, and then both', async () => {
    const before = writeKept([{ kind: 'notice', id: 'a', atMs: 1, text: 'Before the reload.' }], true);
    let give: (bytes: Uint8Array) => void = () => undefined;
    const written: Uint8Array[] = [];
    const place = {
      read: () => new Promise<Uint8Array>((resolve) => (give = resolve)),
      write: (bytes: Uint8Array) => Promise.resolve(void written.push(bytes)),
    };
    const log = vscode.window.createOutputChannel('Keeper', { log: true });
    const conversation = new Conversation();
    const keeper = new ConversationKeeper(place, conversation, log);
    try {
      const restored = keeper.restore();
      conversation.notice('While it is read.');
      const flushed = keeper.flush();
      await new Promise(setImmediate);
      assert.equal(written.length, 0);
      give(before);
      await restored;
      await flushed;
      const texts = readKept(written.at(-1) ?? new Uint8Array()).entries.map(({ text }) => text);
      assert.deepEqual(texts.slice(0, 2), ['Before the reload.', 'While it is read.']);
      assert.match(texts[2] ?? '', /closed or restarted/);
    } finally {
      keeper.dispose();
      conversation.dispose();
      log.dispose();
    }
  });
});
