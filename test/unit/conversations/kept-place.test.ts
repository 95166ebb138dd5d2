import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { fileIn } from '../../../src/conversations/kept-place.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the file a conversation is kept in', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'talkthrough-kept-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('holds what was written last, in a folder it makes', async () => {
    const place = fileIn(join(folder, 'storage', 'talkthrough'));
    assert.equal(await place.read(), undefined);
    await place.write(bytes('one'));
    await place.write(bytes('two'));
    assert.deepEqual(Buffer.from((await place.read()) ?? []).toString(), 'two');
    assert.deepEqual(await readdir(join(folder, 'storage', 'talkthrough')), ['conversation.json']);
  });

  it('is there, and whole, at every moment it is replaced', async () => {
    const place = fileIn(folder);
    const ROUNDS = 300;
    const versions = Array.from({ length: ROUNDS }, (_, round) => `${String(round)} `.repeat(20_000));
    await place.write(bytes(versions[0] ?? ''));
    let writing = true;
    const written = (async () => {
      for (const version of versions) await place.write(bytes(version));
      writing = false;
    })();
    const seen = new Set<string>();
    while (writing) {
      const read = await place.read();
      assert.ok(read !== undefined, 'the file was gone');
      seen.add(Buffer.from(read).toString());
    }
    await written;
    for (const text of seen) assert.ok(versions.includes(text), `half a version: ${text.slice(0, 20)}…`);
    assert.ok(seen.size > 1, 'nothing was read while it was written');
  });

  it('that cannot be replaced stays, and leaves no draft', async () => {
    const place = fileIn(folder);
    await mkdir(join(folder, 'conversation.json', 'in the way'), { recursive: true });
    await assert.rejects(place.write(bytes('one')));
    assert.deepEqual(await readdir(folder), ['conversation.json']);
    await assert.rejects(async () => place.read());
  });
});
