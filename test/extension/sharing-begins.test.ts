import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { LiveCredentials } from '../../src/live/settings.ts';
import { CANCELLED, jpegMarked, sharingPanel, TAB } from './sharing-panel.ts';
import { speak } from './speaking-panel.ts';
import { TalkRig } from './talk-rig.ts';
import type { TestSurface } from './test-surface.ts';

describe('a session that begins with a share', () => {
  let rig: TalkRig;
  let panel: TestSurface;

  beforeEach(async () => {
    rig = await TalkRig.open();
    panel = rig.addPanel('microphone', 'playback', 'camera', 'display-capture');
  });
  afterEach(() => rig.close());

  const { asked, report, shown, shares } = sharingPanel(() => panel);

  /** The session runs, and nothing is chosen yet. */
  async function beginWithScreen(): Promise<void> {
    const sharing = rig.sharing.share('screen');
    await rig.accepted();
    await sharing;
    report('screen', { kind: 'waiting' });
    await panel.until(() => panel.session?.phase === 'listening');
  }

  it('goes on when a later picker is closed: the share that it was begun for was stopped', async () => {
    await beginWithScreen();
    rig.shares.stopSharing('screen');
    await rig.sharing.share('screen');
    report('screen', CANCELLED);
    assert.equal(rig.talk.view.phase, 'listening');
  });

  const uses: readonly [what: string, use: () => Promise<void> | void][] = [
    ['has spoken', () => speak(panel)],
    ['has typed', () => rig.talk.type('What can you do?')],
    [
      'has shown a picture',
      async () => {
        panel.says({ type: 'still', name: 'plan.png', jpeg: jpegMarked(1), widthPx: 64, heightPx: 36 });
        await panel.until(() => shown('still') !== undefined);
      },
    ],
  ];
  for (const [what, use] of uses) {
    it(`goes on when its picker is closed after the person ${what}`, async () => {
      await beginWithScreen();
      await use();
      report('screen', CANCELLED);
      assert.notEqual(rig.talk.view.phase, 'idle');
    });
  }

  /** Shares before anyone captures, while the person is asked for a key. Returns what answers for them. */
  async function shareWhileKeyIsAskedFor() {
    panel.dispose();
    const asking = Promise.withResolvers<undefined>();
    const key = Promise.withResolvers<LiveCredentials | undefined>();
    const known = rig.credentials;
    rig.credentials = () => {
      asking.resolve(undefined);
      return key.promise;
    };
    const sharing = rig.sharing.share('screen');
    await asking.promise;
    return { sharing, give: async () => key.resolve(await known()), cancel: () => key.resolve(undefined) };
  }

  it('opens the page where a panel that may not share joins while the key is asked for', async () => {
    const { sharing, give } = await shareWhileKeyIsAskedFor();
    panel = rig.addPanel('microphone', 'playback');
    await give();
    await rig.accepted();
    await sharing;
    assert.equal(rig.opened.length, 1);
    assert.equal(shares()?.screen.state.kind, 'awaiting-page');
  });

  it('shares nothing without a session, whoever joins while the key is asked for', async () => {
    const { sharing, cancel } = await shareWhileKeyIsAskedFor();
    panel = rig.addPanel('microphone', 'playback', 'camera', 'display-capture');
    cancel();
    await sharing;
    assert.equal(shares()?.screen.state.kind, 'off');
    const last = asked('screen');
    assert.equal(last?.type === 'share' && last.wanted, false);
  });

  it('opens the page again for what was asked while a session with the page ended', async () => {
    panel.dispose();
    panel = rig.addPanel('microphone', 'playback');
    await rig.live();
    await rig.page.chooseOpen();
    const page = rig.addSurface('page', 'microphone', 'playback', 'camera', 'display-capture');
    rig.page.pageJoined();
    assert.equal(page.isMedia, true);
    await rig.sharing.share('screen');
    sharingPanel(() => page).report('screen', TAB);
    const stopping = rig.talk.stop();
    const sharing = rig.sharing.share('screen');
    await stopping;
    page.dispose();
    await rig.accepted();
    await sharing;
    assert.equal(rig.opened.length, 2);
    assert.equal(shares()?.screen.state.kind, 'awaiting-page');
  });
});
