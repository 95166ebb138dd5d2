import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { CommandRig } from './command-rig.ts';

describe('sharing by command', () => {
  let rig: CommandRig;
  const wanted = (source: string) =>
    rig.panel.posted.findLast((message) => message.type === 'share' && message.source === source);

  beforeEach(async () => {
    rig = await CommandRig.open();
    await rig.talk.live();
  });
  afterEach(() => rig.close());

  it('shares, moves the focus, and stops one share or all', async () => {
    await rig.run('shareScreen');
    await rig.run('shareCamera');
    for (const source of ['screen', 'camera'] as const) {
      const message = wanted(source);
      assert.ok(message?.type === 'share' && message.wanted, source);
      const state = { kind: 'on', label: '', widthPx: 64, heightPx: 36 } as const;
      rig.panel.says({ type: 'shareState', source, epoch: message.epoch, state });
    }
    assert.equal(rig.talk.shares.view.focus, 'camera');
    await rig.run('focusScreen');
    assert.equal(rig.talk.shares.view.focus, 'screen');
    await rig.run('stopSharingScreen');
    assert.equal(rig.talk.shares.view.screen.state.kind, 'off');
    assert.equal(rig.talk.shares.view.camera.state.kind, 'on');
    await rig.run('stopSharing');
    assert.equal(rig.talk.shares.view.camera.state.kind, 'off');
  });

  it('asks which camera where there is a choice, and shares that one', async () => {
    rig.panel.says({ type: 'cameras', labels: ['Laptop', 'Desk'] });
    rig.person.answer = '$(device-camera-video) Desk';
    await rig.run('shareCamera');
    const message = wanted('camera');
    assert.ok(message?.type === 'share');
    assert.equal(message.device, 'Desk');
  });

  it('shares no camera when none was chosen, and asks nothing where there is one', async () => {
    rig.panel.says({ type: 'cameras', labels: ['Laptop', 'Desk'] });
    await rig.run('shareCamera');
    assert.equal(wanted('camera'), undefined);
    rig.panel.says({ type: 'cameras', labels: ['Laptop'] });
    await rig.run('shareCamera');
    assert.equal(rig.person.offered.length, 1);
    assert.ok(wanted('camera'));
  });

  it('does what the buttons of a surface say, in the moment they are pressed', () => {
    rig.panel.says({ type: 'intent', intent: { kind: 'share', source: 'screen' } });
    const message = wanted('screen');
    assert.ok(message?.type === 'share' && message.wanted, 'before the browser forgets the click');
    rig.panel.says({ type: 'intent', intent: { kind: 'stopSharing', source: 'screen' } });
    const stopped = wanted('screen');
    assert.ok(stopped?.type === 'share' && !stopped.wanted);
  });

  it('shares again by the button of a problem', async () => {
    rig.panel.says({ type: 'intent', intent: { kind: 'problemAction', action: 'shareCamera' } });
    await rig.panel.until(() => wanted('camera') !== undefined);
  });
});
