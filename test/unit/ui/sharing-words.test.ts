import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SharesView, ShareState, ShareView } from '../../../src/protocol/picture.ts';
import type { SessionView } from '../../../src/protocol/session-view.ts';
import { menuItems } from '../../../src/ui/menu-items.ts';
import { statusLabel } from '../../../src/ui/status-label.ts';

const LISTENING: SessionView = {
  phase: 'listening',
  model: 'gemini-3.8-live',
  service: 'Gemini API',
  microphone: { kind: 'on', label: 'Desk Mic', deviceId: 'd', sampleRateHz: 48_000, hardwareMuted: false },
  speaker: { muted: false, locked: false },
  problems: [],
  canSaveReply: false,
};
const PHASES = ['idle', 'connecting', 'listening', 'speaking', 'reconnecting'] as const;
const ON: ShareState = { kind: 'on', label: '', what: 'window', widthPx: 1920, heightPx: 1080 };
const CAMERA: ShareState = { kind: 'on', label: 'Desk Cam', widthPx: 1280, heightPx: 720 };

function shares(screen: ShareState, camera: ShareState, rest: Partial<SharesView> = {}): SharesView {
  const view = (state: ShareState, sentFrames: number): ShareView => ({ state, sentFrames });
  return { screen: view(screen, 12), camera: view(camera, 1), focus: 'screen', sessionOpen: true, ...rest };
}

const OFF: ShareState = { kind: 'off' };

describe('the status bar', () => {
  it('is red and names what is seen in every phase of a session, whatever is heard', () => {
    for (const phase of PHASES) {
      for (const microphone of [LISTENING.microphone, { kind: 'muted', trackHeld: true }, { kind: 'off' }] as const) {
        const label = statusLabel({ ...LISTENING, phase, microphone }, shares(ON, OFF));
        assert.match(label.text, /\$\(record\) Screen$/, phase);
        assert.equal(label.background, 'statusBarItem.errorBackground', phase);
      }
    }
  });

  it('says what it hears beside what it sees', () => {
    assert.equal(statusLabel(LISTENING, shares(ON, CAMERA)).text, '$(mic-filled) Listening $(record) Screen, Camera');
    assert.equal(
      statusLabel({ ...LISTENING, microphone: { kind: 'muted', trackHeld: true } }, shares(OFF, CAMERA)).text,
      '$(mute) Muted $(record) Camera',
    );
  });

  it('tells what is seen, by whom, and how much was sent', () => {
    const { tooltip } = statusLabel(LISTENING, shares(ON, CAMERA));
    assert.match(tooltip, /hears Desk Mic\. /);
    assert.match(
      tooltip,
      /sees a window \(1920 × 1080\), the focus: 12 pictures sent to Gemini API \(gemini-3\.8-live\)/,
    );
    assert.match(tooltip, /sees the camera Desk Cam \(1280 × 720\): 1 picture sent/);
    const early = statusLabel({ ...LISTENING, phase: 'idle' }, shares(ON, OFF, { sessionOpen: false }));
    assert.match(early.tooltip, /no session runs, so nothing is sent/);
  });

  it('is not red while nothing is seen yet, and no longer when it was stopped', () => {
    for (const state of [OFF, { kind: 'waiting' }, { kind: 'choosing' }] as const) {
      const label = statusLabel(LISTENING, shares(state, OFF));
      assert.doesNotMatch(label.text, /record/, state.kind);
      assert.equal(label.background, undefined, state.kind);
    }
  });
});

describe('the quick menu', () => {
  const commands = (view: SharesView): string[] => menuItems(LISTENING, view).map(({ command }) => command);

  it('offers to share what is not shared and to stop what is', () => {
    const none = commands(shares(OFF, { kind: 'failed', reason: 'busy', detail: '' }));
    assert.ok(none.includes('talkthrough.shareScreen') && none.includes('talkthrough.shareCamera'));
    assert.ok(!none.some((command) => command.startsWith('talkthrough.stopSharing')));
    const one = commands(shares(ON, OFF));
    assert.ok(one.includes('talkthrough.stopSharingScreen') && one.includes('talkthrough.shareCamera'));
    assert.ok(!one.includes('talkthrough.shareScreen') && !one.includes('talkthrough.stopSharingCamera'));
  });

  it('lets a share be given up that waits for the browser', () => {
    for (const state of [{ kind: 'waiting' }, { kind: 'choosing' }] as const) {
      assert.ok(commands(shares(state, OFF)).includes('talkthrough.stopSharingScreen'), state.kind);
    }
  });

  it('with two shares offers to stop both and to move the focus to the other', () => {
    const onScreen = commands(shares(ON, CAMERA));
    assert.ok(onScreen.includes('talkthrough.stopSharing') && onScreen.includes('talkthrough.focusCamera'));
    assert.ok(!onScreen.includes('talkthrough.focusScreen'));
    assert.ok(commands(shares(ON, CAMERA, { focus: 'camera' })).includes('talkthrough.focusScreen'));
  });

  it('always offers to show an image or a diagram', () => {
    for (const view of [shares(OFF, OFF), shares(ON, CAMERA)]) {
      assert.ok(commands(view).includes('talkthrough.showImage') && commands(view).includes('talkthrough.showDiagram'));
    }
  });
});
