import assert from 'node:assert/strict';
import type { Ability, ShareMessage, ToSurface } from '../../../src/protocol/messages.ts';
import type { ShareSource, ReportedShareState } from '../../../src/protocol/picture.ts';
import { ShareControl } from '../../../src/talk/sharing/share-control.ts';
import { Seeded } from '../live/seeded.ts';

const ON: ReportedShareState = { kind: 'on', label: 'it', what: 'tab', widthPx: 1920, heightPx: 1080 };

describe('what is shared', () => {
  let posted: ShareMessage[];
  let able: Set<ShareSource>;
  let control: ShareControl;

  beforeEach(() => {
    posted = [];
    able = new Set(['screen', 'camera']);
    control = new ShareControl({
      postToMedia: (message: ToSurface) => {
        if (message.type === 'share') posted.push(message);
      },
      get mediaAbilities() {
        return new Set<Ability>([...able].map((source) => (source === 'screen' ? 'display-capture' : 'camera')));
      },
    });
  });

  const report = (source: ShareSource, state: ReportedShareState, epoch = control.epochOf(source)): void =>
    control.report({ type: 'shareState', source, epoch, state });
  const frame = (source: ShareSource, epoch: number) =>
    ({
      type: 'frame',
      source,
      epoch,
      ageMs: 0,
      widthPx: 1,
      heightPx: 1,
      changed: true,
      jpeg: new Uint8Array(),
    }) as const;

  it('takes frames of the running share only: none of before it, none after its stop', () => {
    control.start('screen', '');
    const first = control.epochOf('screen');
    report('screen', ON);
    assert.equal(control.accepts(frame('screen', first)), true);
    assert.equal(control.accepts(frame('camera', control.epochOf('camera'))), false, 'a camera nobody shared');
    control.stop('screen');
    assert.equal(control.accepts(frame('screen', first)), false);
    assert.equal(control.accepts(frame('screen', control.epochOf('screen'))), false, 'stopped means stopped');
    control.start('screen', '');
    assert.equal(control.accepts(frame('screen', first)), false, 'a frame of the share before');
    assert.equal(control.accepts(frame('screen', control.epochOf('screen'))), true);
  });

  it('says off at once when the person stops, whatever the surface still says of the share before', () => {
    control.start('screen', '');
    const first = control.epochOf('screen');
    report('screen', ON);
    control.stop('screen');
    assert.deepEqual(control.view(true).screen.state, { kind: 'off' });
    report('screen', ON, first);
    assert.deepEqual(control.view(true).screen.state, { kind: 'off' });
    assert.deepEqual(
      posted.map(({ wanted }) => wanted),
      [true, false],
    );
  });

  it("ends with the browser's own stop, and takes nothing that was still on its way", () => {
    control.start('screen', '');
    const epoch = control.epochOf('screen');
    report('screen', ON);
    report('screen', { kind: 'off', by: 'source' });
    assert.equal(control.isWanted('screen'), false);
    assert.equal(control.accepts(frame('screen', epoch)), false);
  });

  it('makes the newest share the focus, and the other when it ends', () => {
    control.start('screen', '');
    report('screen', ON);
    control.start('camera', 'Desk camera');
    report('camera', ON);
    assert.equal(control.focus, 'camera');
    assert.equal(posted.at(-1)?.device, 'Desk camera');
    assert.equal(control.setFocus('screen'), true);
    control.stop('screen');
    assert.equal(control.focus, 'camera');
    assert.equal(control.setFocus('screen'), false, 'nothing is shared there');
  });

  it('ends what a surface shared that is gone, and asks the next one for what was only wished for', () => {
    control.start('screen', '');
    report('screen', ON);
    control.start('camera', '');
    assert.deepEqual(control.surfaceGone(), ['screen']);
    posted = [];
    control.askAll();
    assert.deepEqual(
      posted.map(({ source, wanted, epoch }) => ({ source, wanted, epoch })),
      [{ source: 'camera', wanted: true, epoch: control.epochOf('camera') }],
    );
  });

  it('knows a wish until it ends or is made anew, whichever surface it is asked of', () => {
    control.start('screen', '');
    const wish = control.requestOf('screen');
    control.surfaceGone();
    assert.equal(control.isStillRequested('screen', wish), true, 'the next surface is asked');
    control.start('screen', '');
    assert.equal(control.isStillRequested('screen', wish), false, 'asked for anew');
    for (const end of [
      () => control.stop('screen'),
      () => report('screen', { kind: 'failed', reason: 'cancelled', detail: '' }),
      () => {
        report('screen', ON);
        control.surfaceGone();
      },
    ]) {
      control.start('screen', '');
      end();
      assert.equal(control.isStillRequested('screen', control.requestOf('screen')), false, String(end));
    }
  });

  it('takes a question to be about the focus, or about what is on while that only waits', () => {
    assert.equal(control.seen, undefined);
    control.start('camera', '');
    report('camera', ON);
    control.start('screen', '');
    report('screen', { kind: 'waiting' });
    assert.equal(control.focus, 'screen');
    assert.equal(control.seen, 'camera');
    report('screen', ON);
    assert.equal(control.seen, 'screen');
  });

  it('asks nothing of a surface that may not, and says why when nobody can', () => {
    able.clear();
    control.start('screen', '');
    assert.deepEqual(posted, []);
    control.fail('screen', 'unsupported');
    assert.equal(control.view(true).screen.state.kind, 'failed');
    assert.equal(control.isWanted('screen'), false);
  });

  it('never takes a frame of an epoch that was stopped, over 2,000 random turns', () => {
    const chances = new Seeded();
    console.log(`      seed ${chances.seed}`);
    const stopped = new Set<number>();
    for (let turn = 0; turn < 2_000; turn += 1) {
      const epoch = control.epochOf('screen');
      const chance = chances.next();
      if (chance < 0.3) {
        if (control.isWanted('screen')) stopped.add(epoch);
        control.start('screen', '');
      } else if (chance < 0.5) {
        if (control.stop('screen')) stopped.add(epoch);
      } else if (chance < 0.6) {
        report('screen', { kind: 'off', by: 'source' });
        stopped.add(epoch);
      } else if (chance < 0.8) report('screen', ON);
      const late = chances.below(epoch + 3);
      assert.equal(control.accepts(frame('screen', late)) && stopped.has(late), false, `turn ${turn}`);
    }
  });
});
