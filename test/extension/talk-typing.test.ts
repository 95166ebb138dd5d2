import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { sharingPanel, TAB } from './sharing-panel.ts';
import { TalkRig } from './talk-rig.ts';
import type { TestSurface } from './test-surface.ts';

const DETAIL = 'talkthrough.picture.detail';

describe('a session that somebody types to', () => {
  let rig: TalkRig;
  let panel: TestSurface;

  beforeEach(async () => {
    rig = await TalkRig.open();
    panel = rig.addPanel('microphone', 'playback', 'camera', 'display-capture');
    await rig.live();
    await panel.until(() => panel.session?.phase === 'listening');
  });
  afterEach(() => rig.close());

  it('stays stopped when it is stopped while the question waits for a fresh picture; the question stays to be seen', async () => {
    await rig.sharing.share('screen');
    sharingPanel(() => panel).report('screen', TAB);
    const typing = rig.talk.type('What is this?');
    await rig.talk.stop();
    await typing;
    assert.equal(rig.talk.view.phase, 'idle');
    assert.equal(rig.peer.connections.length, 1, 'no session begins by itself');
    const texts = rig.conversation.entries.filter(({ kind }) => kind === 'person').map(({ text }) => text);
    assert.deepEqual(texts, ['What is this?']);
  });

  const detailAsked = () => {
    const settings = panel.posted.findLast(({ type }) => type === 'captureSettings');
    return settings?.type === 'captureSettings' ? settings.detail : undefined;
  };

  it('keeps what it was made with until it ends, whatever is changed in the settings', async () => {
    const settings = vscode.workspace.getConfiguration();
    try {
      await settings.update(DETAIL, 'low', vscode.ConfigurationTarget.Global);
      rig.settings.changed.fire();
      assert.equal(rig.talk.settings.live.pictureDetail, 'medium');
      await rig.sharing.share('screen');
      assert.equal(detailAsked(), 'medium', 'frames and the session have one detail');
      assert.ok(rig.conversation.entries.some(({ text }) => /take effect in the next session/.test(text)));
      await rig.talk.stop();
      assert.equal(rig.talk.settings.live.pictureDetail, 'low');
    } finally {
      await settings.update(DETAIL, undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
