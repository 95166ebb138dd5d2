import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { CART, EDIT } from './cart-change.ts';
import { ChangeRig } from './change-rig.ts';

describe('what may not be changed', () => {
  let rig: ChangeRig;

  beforeEach(async () => {
    rig = await ChangeRig.open();
  });
  afterEach(() => rig.close());

  const edit = (path: string, find = 'x') =>
    rig.call('propose_edit', { files: [{ path, edits: [{ find, replace: 'y' }] }], summary: 's' });

  it('is everything outside, private, ignored by git, or behind a link to such', async () => {
    for (const path of [
      '../outside/secret.txt',
      '/etc/hosts',
      '.env',
      '.git/config',
      'links/innocent.txt',
      'links/settings.txt',
      'dist/bundle.js',
      'links/dangling.txt',
    ]) {
      for (const response of [await edit(path), await rig.call('create_file', { path, content: 'x' })]) {
        assert.equal(response.status, 'error', path);
        assert.ok('retry' in response && !response.retry);
      }
    }
    assert.deepEqual(rig.tabs(), []);
  });

  it('is anything in a workspace that the person does not trust', async () => {
    await rig.write('cart.ts', CART);
    await rig.propose({ 'cart.ts': [EDIT] });
    rig.isTrusted = false;
    await rig.accept();
    assert.equal(await rig.onDisk('cart.ts'), CART);
    const response = await rig.propose({ 'cart.ts': [{ find: 'sum = 0', replace: 'sum = 1' }] });
    assert.match(rig.refusal(response), /not trusted this workspace/);
  });

  it('is what is no text, is too large, is a folder, or is not there', async () => {
    const cases = {
      'huge.log': /too large/,
      src: /is a folder/,
      'src/none.ts': /does not exist/,
      'picture.bin': /cannot be opened as text|does not occur/,
    };
    for (const [path, sentence] of Object.entries(cases)) {
      const response = await edit(path);
      assert.match(rig.refusal(response), sentence);
    }
  });

  it('is a secret that the model was not shown', async () => {
    const path = 'src/config/connections.ts';
    const response = await rig.call('propose_edit', {
      files: [
        { path, edits: [{ find: 'export const mapsKey', replace: "export const mapsKey = '‹secret masked›';//" }] },
      ],
      summary: 's',
    });
    assert.match(rig.refusal(response), /stands for a secret/);
    const missed = await edit(path, "export const mapsKey = 'something';");
    assert.match(rig.refusal(missed), /mapsKey = '‹secret masked›'/);
    assert.doesNotMatch(rig.refusal(missed), /AIza/);
  });

  it('is what stays the same', async () => {
    await rig.write('cart.ts', CART);
    const response = await rig.propose({ 'cart.ts': [{ find: 'sum = 0', replace: 'sum = 0' }] });
    assert.match(rig.refusal(response), /changes nothing/);
  });

  it('is anything that nobody waits for any more', async () => {
    await rig.write('cart.ts', CART);
    const files = [{ path: rig.path('cart.ts'), edits: [EDIT] }];
    await rig.call('propose_edit', { files, summary: 's' }, AbortSignal.abort());
    assert.deepEqual(rig.tabs(), []);
    assert.equal(rig.proposals.waiting.length, 0);
  });
});
