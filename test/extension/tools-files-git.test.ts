import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'mocha';
import { Gate } from '../../src/gate/gate.ts';
import { gitChanges } from '../../src/tools/git-changes.ts';
import { ALL_PLANTED } from '../sample-project/planted-secrets.ts';
import { KeptInMemory } from './kept-in-memory.ts';
import { inProject } from './sample-project.ts';
import { call, type Found } from './tool-call.ts';

describe('git_changes', () => {
  let gate: Gate;
  const changes = (args: object): Promise<Found> => call(gitChanges(gate), args);
  const pathsOf = (found: Found): readonly string[] => {
    assert.equal(found.status, 'ok', JSON.stringify(found));
    // As `git_changes` answers.
    return (found['files'] as readonly { path: string; change: string }[]).map(
      ({ path, change }) => `${change} ${path}`,
    );
  };

  before(() => {
    gate = new Gate({ memory: new KeptInMemory() });
  });
  after(() => gate.dispose());

  it('tells what is not committed yet, and how it changed', async () => {
    const found = await changes({});
    const paths = pathsOf(found);
    assert.ok(paths.includes('modified README.md') && paths.includes('untracked src/shop/untracked.ts'), paths.join());
    assert.equal(found['branch'], 'main');
    assert.match(String(found['diff']), /# README\.md\n@@ .* @@\n.*\n.*\n-A shop, and a copy.*\n\+A shop with a till/);
  });

  it('tells what is staged, what the last commit did, and what changed in one place', async () => {
    const staged = await changes({ what: 'staged' });
    assert.deepEqual(pathsOf(staged), ['added src/shop/staged.ts']);
    assert.match(String(staged['diff']), /\+export const staged = true;/);
    const last = await changes({ what: 'last-commit' });
    assert.deepEqual(pathsOf(last), ['added src/shop/coupon.ts']);
    assert.equal((last['commit'] as { message: string }).message, 'Give coupons');
    assert.match(String(last['diff']), /\+export const coupon = 10;/);
    const inShop = pathsOf(await changes({ path: 'src/shop' }));
    assert.ok(inShop.length > 0 && inShop.every((path) => path.includes(' src/shop/')), inShop.join());
  });

  it('leaves out private files and masks secrets, also where a diff shows only the middle of a key', async () => {
    const connections = inProject('src/config/connections.ts').fsPath;
    const original = await readFile(connections, 'utf8');
    try {
      // Of the key only its last lines stand in the diff.
      await writeFile(connections, original.replace("afterTheKey = 'plain'", "afterTheKey = 'changed'"));
      const found = await changes({});
      const everything = JSON.stringify(found);
      for (const secret of ALL_PLANTED) assert.ok(!everything.includes(secret), secret);
      assert.doesNotMatch(everything, /committed\.env|\.env|server\.pem|id_ed25519|innocent/);
      assert.match(String(found['diff']), /‹secret masked›\n -----END/);
      assert.match(String(found['diff']), /\+export const apiToken = '‹secret masked›';/);
    } finally {
      await writeFile(connections, original);
    }
    for (const path of ['.env', 'committed.env', '../outside', 'keys/server.pem']) {
      assert.equal((await changes({ path })).status, 'error', path);
    }
  });

  it('gives a long diff in parts that join without a gap', async () => {
    const long = inProject('text/numbered.txt').fsPath;
    const original = await readFile(long, 'utf8');
    try {
      await writeFile(long, original.replaceAll('line', 'verse'));
      const lines: string[] = [];
      for (let from: unknown = 0; typeof from === 'number';) {
        const found = await changes({ path: 'text', from });
        lines.push(...String(found['diff']).split('\n'));
        from = found['continueFrom'];
      }
      assert.equal(lines.filter((line) => line.startsWith('+verse')).length, 1_000);
      assert.equal(lines.filter((line) => line.startsWith('-line')).length, 1_000);
    } finally {
      await writeFile(long, original);
    }
  });
});
