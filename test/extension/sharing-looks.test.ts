import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { PeerConnection } from '../unit/live/peer.ts';
import { markOf, sharingPanel, TAB } from './sharing-panel.ts';
import { fallSilent, speak } from './speaking-panel.ts';
import { TalkRig } from './talk-rig.ts';
import type { TestSurface } from './test-surface.ts';

describe('what the person asks about', () => {
  let rig: TalkRig;
  let panel: TestSurface;
  let service: PeerConnection;

  beforeEach(async () => {
    rig = await TalkRig.open();
    panel = rig.addPanel('microphone', 'playback', 'camera', 'display-capture');
    service = await rig.live();
    await panel.until(() => panel.session?.phase === 'listening');
  });
  afterEach(() => rig.close());

  const { report, frame, shown } = sharingPanel(() => panel);
  const looks = (): number => panel.posted.filter(({ type }) => type === 'requestFrame').length;
  const personSpeaks = () => panel.posted.findLast((message) => message.type === 'captureSettings')?.personSpeaks;

  it('is looked at when they begin to speak, and watched until they stop', async () => {
    await rig.sharing.share('screen');
    report('screen', TAB);
    assert.equal(personSpeaks(), false);
    assert.equal(looks(), 0);
    speak(panel);
    assert.equal(personSpeaks(), true);
    assert.equal(looks(), 1);
    fallSilent(panel);
    assert.equal(personSpeaks(), false);
    assert.equal(looks(), 1, 'the end of speech is no question');
  });

  it('is shown before the words that they type', async () => {
    await rig.sharing.share('screen');
    report('screen', TAB);
    const typing = rig.talk.type('What is this?');
    assert.equal(looks(), 1);
    frame('screen', 7);
    await typing;
    await panel.until(() => shown('screen') !== undefined);
    while (!JSON.stringify(await service.hears('clientContent')).includes('What is this?'));
    const { heard } = service;
    const pictureAt = heard.findIndex((message) => markOf(message) === 7);
    const wordsAt = heard.findIndex((message) => JSON.stringify(message).includes('What is this?'));
    assert.ok(pictureAt >= 0 && pictureAt < wordsAt, `picture ${pictureAt}, words ${wordsAt}`);
  });

  it('is what is shared already, while what they chose last only waits', async () => {
    await rig.sharing.share('camera');
    report('camera', { kind: 'on', label: 'Desk', widthPx: 640, heightPx: 480 });
    await rig.sharing.share('screen');
    report('screen', { kind: 'waiting' });
    const typing = rig.talk.type('What is on my desk?');
    assert.equal(looks(), 1);
    frame('camera', 9);
    await typing;
  });

  it('is not looked at while nothing is shared', async () => {
    await rig.talk.type('What can you do?');
    assert.equal(looks(), 0);
  });
});
