import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { MicrophoneMessage } from '../../src/protocol/messages.ts';
import { live } from './preview/scenes.ts';
import { openSite, type Site } from './preview/site.ts';
import { launchBrowser, Stage } from './preview/stage.ts';

type Wanted = Partial<MicrophoneMessage>;

function microphone({ wanted = 'on', processing = false, attempt = 0 }: Wanted = {}): MicrophoneMessage {
  return { type: 'microphone', wanted, processing, attempt };
}

describe('The surface of the panel', () => {
  let site: Site;
  let browser: Browser;
  let denying: Browser;
  let stage: Stage;

  before(async () => {
    site = await openSite();
    [browser, denying] = await Promise.all([launchBrowser(), launchBrowser('denied')]);
  });
  after(async () => {
    await Promise.all([browser.close(), denying.close()]);
    await site.close();
  });
  afterEach(async () => {
    assert.deepEqual(await stage.violations(), [], 'the content security policy refused something');
    await stage.close();
  });

  const states = async (): Promise<readonly string[]> =>
    (await stage.posted()).flatMap((message) => (message.type === 'microphoneState' ? [message.state.kind] : []));

  it('joins with what its browser lets it do', async () => {
    stage = await Stage.open(browser, site.url);
    assert.deepEqual((await stage.posted())[0], {
      type: 'join',
      surface: 'panel',
      abilities: ['microphone', 'camera', 'display-capture', 'playback'],
    });
  });

  it('knows when its frame may not capture', async () => {
    stage = await Stage.open(browser, `${site.url}/without-capture`);
    assert.deepEqual((await stage.posted())[0], { type: 'join', surface: 'panel', abilities: ['playback'] });
  });

  it('captures when the host wants it to, and not before', async () => {
    stage = await Stage.open(browser, site.url);
    assert.deepEqual(await states(), []);
    await stage.post(microphone());
    await stage.untilPosted({ type: 'microphoneChunk' });
    assert.deepEqual(await states(), ['starting', 'on']);
    await stage.post(microphone({ wanted: 'off' }));
    await stage.untilPosted({ type: 'microphoneState', state: { kind: 'off' } });
  });

  it('never opens a microphone that is wanted muted, and opens it when that ends', async () => {
    stage = await Stage.open(browser, site.url);
    await stage.post(microphone({ wanted: 'muted' }));
    await stage.untilPosted({ type: 'microphoneState', state: { kind: 'muted' } });
    assert.equal(await stage.timesAskedForMicrophone(), 0);
    await stage.post(microphone());
    await stage.untilPosted({ type: 'microphoneState', state: { kind: 'on' } });
    assert.equal(await stage.timesAskedForMicrophone(), 1);
  });

  it('tries a microphone that failed again only when the person asks for it', async () => {
    stage = await Stage.open(denying, site.url);
    await stage.post(microphone());
    await stage.untilPosted({ type: 'microphoneState', state: { kind: 'failed' } });
    await stage.post(microphone(), microphone({ wanted: 'muted' }), microphone());
    assert.equal(await stage.timesAskedForMicrophone(), 1);
    await stage.post(microphone({ attempt: 1 }));
    assert.equal(await stage.timesAskedForMicrophone(), 2);
  });

  it('plays replies and reports what was heard', async () => {
    stage = await Stage.open(browser, site.url);
    const half = { type: 'audio', reply: 1, pcm16: new Uint8Array(12_000) } as const; // 0.25 s of silence
    await stage.post(half, half, { type: 'audioEnd', reply: 1 });
    await stage.untilPosted({ type: 'played', reply: 1, playedSamples: 12_000 });
  });

  it('says when the browser keeps it silent, and is heard from the first sample after a click', async () => {
    stage = await Stage.open(browser, site.url, { speaksAtOnceSamples: 12_000 });
    await stage.untilPosted({ type: 'speakerLocked', locked: true });
    await stage.post(live({ speaker: { muted: false, locked: true } }));
    await stage.page.getByRole('button', { name: 'Click to hear' }).click();
    await stage.untilPosted({ type: 'speakerLocked', locked: false });
    await stage.untilPosted({ type: 'played', reply: 1, playedSamples: 12_000 });
  });

  it('falls silent and lets the microphone go when another surface takes over', async () => {
    stage = await Stage.open(browser, site.url);
    await stage.post(microphone());
    await stage.untilPosted({ type: 'microphoneState', state: { kind: 'on' } });
    await stage.post({ type: 'roles', view: true, media: false });
    await stage.untilPosted({ type: 'microphoneState', state: { kind: 'off' } });
    assert.deepEqual(await stage.openResources(), { audioContexts: 0, liveTracks: 0 });
  });
});
