import assert from 'node:assert/strict';
import type { ShareMessage, ToSurface } from '../../../src/protocol/messages.ts';
import type { ShareSource, ShareState } from '../../../src/protocol/picture.ts';
import { ShareDesk } from '../../../src/talk/sharing/share-state.ts';
import { Seeded } from '../live/seeded.ts';

const ON: ShareState = { kind: 'on', label: 'it', what: 'tab', widthPx: 1920, heightPx: 1080 };

describe('what is shared', () => {
  let posted: ShareMessage[];
  let able: Set<ShareSource>;
  let desk: ShareDesk;

  beforeEach(() => {
    posted = [];
    able = new Set(['screen', 'camera']);
    desk = new ShareDesk({
      postToMedia: (message: ToSurface) => {
        if (message.type === 'share') posted.push(message);
      },
      canShare: (source) => able.has(source),
    });
  });

  const report = (source: ShareSource, state: ShareState, epoch = desk.epochOf(source)): void =>
    desk.report({ type: 'shareState', source, epoch, state });
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
    desk.start('screen', '');
    const first = desk.epochOf('screen');
    report('screen', ON);
    assert.equal(desk.accepts(frame('screen', first)), true);
    assert.equal(desk.accepts(frame('camera', desk.epochOf('camera'))), false, 'a camera nobody shared');
    desk.stop('screen');
    assert.equal(desk.accepts(frame('screen', first)), false);
    assert.equal(desk.accepts(frame('screen', desk.epochOf('screen'))), false, 'stopped means stopped');
    desk.start('screen', '');
    assert.equal(desk.accepts(frame('screen', first)), false, 'a frame of the share before');
    assert.equal(desk.accepts(frame('screen', desk.epochOf('screen'))), true);
  });

  it('says off at once when the person stops, whatever the surface still says of the share before', () => {
    desk.start('screen', '');
    const first = desk.epochOf('screen');
    report('screen', ON);
    desk.stop('screen');
    assert.deepEqual(desk.view(true).screen.state, { kind: 'off' });
    report('screen', ON, first);
    assert.deepEqual(desk.view(true).screen.state, { kind: 'off' });
    assert.deepEqual(
      posted.map(({ wanted }) => wanted),
      [true, false],
    );
  });

  it("ends with the browser's own stop, and takes nothing that was still on its way", () => {
    desk.start('screen', '');
    const epoch = desk.epochOf('screen');
    report('screen', ON);
    report('screen', { kind: 'off', by: 'source' });
    assert.equal(desk.isWanted('screen'), false);
    assert.equal(desk.accepts(frame('screen', epoch)), false);
  });

  it('makes the newest share the focus, and the other when it ends', () => {
    desk.start('screen', '');
    report('screen', ON);
    desk.start('camera', 'Desk camera');
    report('camera', ON);
    assert.equal(desk.focus, 'camera');
    assert.equal(posted.at(-1)?.device, 'Desk camera');
    assert.equal(desk.setFocus('screen'), true);
    desk.stop('screen');
    assert.equal(desk.focus, 'camera');
    assert.equal(desk.setFocus('screen'), false, 'nothing is shared there');
  });

  it('ends what a surface shared that is gone, and asks the next one for what was only wished for', () => {
    desk.start('screen', '');
    report('screen', ON);
    desk.start('camera', '');
    assert.deepEqual(desk.surfaceGone(), ['screen']);
    posted = [];
    desk.askAll();
    assert.deepEqual(
      posted.map(({ source, wanted, epoch }) => ({ source, wanted, epoch })),
      [{ source: 'camera', wanted: true, epoch: desk.epochOf('camera') }],
    );
  });

  it('knows a wish until it ends or is made anew, whichever surface it is asked of', () => {
    desk.start('screen', '');
    const wish = desk.wishOf('screen');
    desk.surfaceGone();
    assert.equal(desk.isStillWished('screen', wish), true, 'the next surface is asked');
    desk.start('screen', '');
    assert.equal(desk.isStillWished('screen', wish), false, 'asked for anew');
    for (const end of [
      () => desk.stop('screen'),
      () => report('screen', { kind: 'failed', reason: 'cancelled', detail: '' }),
      () => {
        report('screen', ON);
        desk.surfaceGone();
      },
    ]) {
      desk.start('screen', '');
      end();
      assert.equal(desk.isStillWished('screen', desk.wishOf('screen')), false, String(end));
    }
  });

  it('takes a question to be about the focus, or about what is on while that only waits', () => {
    assert.equal(desk.seen, undefined);
    desk.start('camera', '');
    report('camera', ON);
    desk.start('screen', '');
    report('screen', { kind: 'waiting' });
    assert.equal(desk.focus, 'screen');
    assert.equal(desk.seen, 'camera');
    report('screen', ON);
    assert.equal(desk.seen, 'screen');
  });

  it('asks nothing of a surface that may not, and says why when nobody can', () => {
    able.clear();
    desk.start('screen', '');
    assert.deepEqual(posted, []);
    desk.fail('screen', 'unsupported');
    assert.equal(desk.view(true).screen.state.kind, 'failed');
    assert.equal(desk.isWanted('screen'), false);
  });

  it('never takes a frame of an epoch that was stopped, over 2,000 random turns', () => {
    const chances = new Seeded();
    console.log(`      seed ${chances.seed}`);
    const stopped = new Set<number>();
    for (let turn = 0; turn < 2_000; turn += 1) {
      const epoch = desk.epochOf('screen');
      const chance = chances.next();
      if (chance < 0.3) {
        if (desk.isWanted('screen')) stopped.add(epoch);
        desk.start('screen', '');
      } else if (chance < 0.5) {
        if (desk.stop('screen')) stopped.add(epoch);
      } else if (chance < 0.6) {
        report('screen', { kind: 'off', by: 'source' });
        stopped.add(epoch);
      } else if (chance < 0.8) report('screen', ON);
      const late = chances.below(epoch + 3);
      assert.equal(desk.accepts(frame('screen', late)) && stopped.has(late), false, `turn ${turn}`);
    }
  });
});
