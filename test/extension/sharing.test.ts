import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { ShareSource, ReportedShareState } from '../../src/protocol/picture.ts';
import type { Json, PeerConnection } from '../unit/live/peer.ts';
import { Seeded } from '../unit/live/seeded.ts';
import { jpegMarked, marksOf, sharingPanel, TAB } from './sharing-panel.ts';
import { TalkRig } from './talk-rig.ts';
import type { TestSurface } from './test-surface.ts';

describe('sharing', () => {
  let rig: TalkRig;
  let panel: TestSurface;

  beforeEach(async () => {
    rig = await TalkRig.open();
    panel = rig.addPanel('microphone', 'playback', 'camera', 'display-capture');
  });
  afterEach(() => rig.close());

  const { asked, epochOf, report, frame, shown, shares } = sharingPanel(() => panel);

  it('begins a session where none runs, and the frames reach the service and come back as what it sees', async () => {
    const sharing = rig.sharing.share('screen');
    const service = await rig.accepted();
    await sharing;
    assert.equal(asked('screen')?.type, 'share');
    report('screen', TAB);
    frame('screen', 7);
    await service.hears('realtimeInput');
    assert.deepEqual(marksOf(service), [7]);
    await panel.until(() => shown('screen') !== undefined);
    const picture = shown('screen');
    assert.ok(picture?.type === 'sentPicture');
    assert.deepEqual(picture.jpeg, jpegMarked(7));
    assert.equal(picture.name, 'a browser tab');
    assert.equal(shares()?.screen.sentFrames, 1);
  });

  it('tells the model what is shared, what else comes, and that it is gone', async () => {
    const service = await rig.live();
    await rig.sharing.share('screen');
    report('screen', TAB);
    await untilTold(service, /shares a browser tab/);
    await rig.sharing.share('camera', 'Desk');
    report('camera', { kind: 'on', label: 'Desk', widthPx: 640, heightPx: 480 });
    await untilTold(service, /shares the camera "Desk", and beside it a browser tab/);
    rig.shares.stopSharing();
    await untilTold(service, /shares nothing now/);
  });

  it('lets no frame through after a stop, at 200 random moments', async () => {
    const chances = new Seeded();
    console.log(`      seed ${chances.seed}`);
    const service = await rig.live();
    const allowed = new Set<number>();
    let mark = 0;
    for (let round = 0; round < 200; round += 1) {
      await rig.sharing.share('screen');
      const epoch = epochOf('screen');
      report('screen', TAB);
      for (let early = chances.below(3); early > 0; early -= 1) {
        mark += 1;
        allowed.add(mark);
        frame('screen', mark, epoch);
      }
      // Sometimes what came is sent before the stop, sometimes it still waits.
      if (chances.next() < 0.5) await new Promise((resolve) => setImmediate(resolve));
      const sentBefore = shares()?.screen.sentFrames;
      if (chances.next() < 0.5) rig.shares.stopSharing('screen');
      else report('screen', { kind: 'off', by: 'source' });
      for (let late = chances.below(4); late > 0; late -= 1) {
        mark += 1;
        frame('screen', mark, epoch);
        if (chances.next() < 0.3) await new Promise((resolve) => setImmediate(resolve));
      }
      assert.equal(shares()?.screen.sentFrames, sentBefore, `round ${round}: sent after the stop`);
    }
    // A frame that is surely sent: everything before it has arrived by then.
    await rig.sharing.share('screen');
    report('screen', TAB);
    mark += 1;
    allowed.add(mark);
    const last = mark;
    await untilSent(() => marksOf(service).includes(last), last);
    const marks = marksOf(service);
    assert.deepEqual(
      marks.filter((each) => !allowed.has(each)),
      [],
    );
    assert.ok(marks.length > 20, `only ${marks.length} frames were ever sent`);
    console.log(`      ${marks.length} frames sent, ${mark - allowed.size} came after a stop and were not`);
  });

  it('sends nothing that waited through a lost connection, and asks for what is there now', async () => {
    const service = await rig.live();
    await rig.sharing.share('screen');
    report('screen', TAB);
    frame('screen', 1);
    await panel.until(() => shown('screen') !== undefined);
    service.cut();
    await panel.until(() => panel.session?.phase === 'reconnecting');
    frame('screen', 2, epochOf('screen'), 5_000);
    const again = await rig.accepted();
    await panel.until(() => panel.posted.some(({ type }) => type === 'frameDropped'));
    frame('screen', 3);
    await untilSent(() => marksOf(again).includes(3));
    assert.deepEqual(marksOf(again), [3]);
  });

  it('ends with the surface that captured it, and says so', async () => {
    await rig.live();
    await rig.sharing.share('screen');
    report('screen', TAB);
    frame('screen', 1);
    await panel.until(() => shown('screen') !== undefined);
    panel.dispose();
    const view = rig.shares.view.screen;
    assert.equal(view.state.kind, 'off');
    assert.match(rig.conversation.entries.at(-1)?.text ?? '', /Your screen is no longer shared/);
    panel = rig.addPanel('microphone', 'playback', 'camera', 'display-capture');
    assert.equal(asked('screen'), undefined, 'nothing is shared again without being asked');
  });

  it('opens the page where the panel may not share', async () => {
    panel.dispose();
    panel = rig.addPanel('microphone', 'playback');
    await rig.live();
    await rig.sharing.share('screen');
    assert.equal(asked('screen'), undefined);
    assert.equal(rig.opened.length, 1);
    assert.equal(
      panel.session?.problems.some(({ code }) => code === 'page-opening'),
      true,
    );
  });

  it('waits for the page only as long as one is expected, and says that it waits', async () => {
    panel.dispose();
    panel = rig.addPanel('microphone', 'playback');
    await rig.live();
    await rig.sharing.share('screen');
    assert.equal(shares()?.screen.state.kind, 'awaiting-page');
    await rig.page.chooseTyping();
    assert.equal(shares()?.screen.state.kind, 'off');
  });

  it('keeps the wish while the page is being opened for a session that only begins', async () => {
    panel.dispose();
    panel = rig.addPanel('microphone', 'playback');
    const sharing = rig.sharing.share('screen');
    await rig.accepted();
    await sharing;
    assert.equal(rig.opened.length, 1);
    assert.equal(shares()?.screen.state.kind, 'awaiting-page');
  });

  it('opens one page, not two, when sharing is asked for before it is known who captures', async () => {
    panel.dispose();
    await rig.talk.start();
    const sharing = rig.sharing.share('screen');
    panel = rig.addPanel('microphone', 'playback', 'camera', 'display-capture');
    await rig.accepted();
    await sharing;
    assert.deepEqual(rig.opened, [], 'the panel can share it');
    assert.equal(asked('screen')?.type, 'share');
  });

  it('keeps saying why a share was refused that was to begin a session', async () => {
    const sharing = rig.sharing.share('camera');
    report('camera', { kind: 'failed', reason: 'denied', detail: '' });
    await sharing;
    assert.equal(
      panel.session?.problems.some(({ code }) => code === 'camera-denied'),
      true,
    );
  });

  it('leaves no session behind that was begun for a picker that was then closed', async () => {
    const sharing = rig.sharing.share('screen');
    await rig.accepted();
    await sharing;
    report('screen', { kind: 'failed', reason: 'cancelled', detail: '' });
    await panel.until(() => panel.session?.phase === 'idle');
    await rig.peer.deserted();
  });

  it('stops at once with the session, and what was asked for while it ended is shared in the next', async () => {
    await rig.live();
    await rig.sharing.share('screen');
    report('screen', TAB);
    const stopping = rig.talk.stop();
    assert.equal(shares()?.screen.state.kind, 'off');
    const sharing = rig.sharing.share('screen');
    report('screen', TAB);
    await stopping;
    const next = await rig.accepted();
    await sharing;
    frame('screen', 5);
    await next.hears('realtimeInput');
    assert.deepEqual(marksOf(next), [5]);
  });

  it('says which of browser and system refused, and where to change it; a closed picker is no problem', async () => {
    await rig.live();
    const problemAfter = async (source: ShareSource, state: ReportedShareState): Promise<string | undefined> => {
      await rig.sharing.share(source);
      report(source, state);
      return panel.session?.problems.find(({ code }) => code.startsWith(source))?.sentence;
    };
    const failed = (reason: 'denied' | 'denied-by-system' | 'busy' | 'vanished' | 'missing' | 'cancelled') =>
      ({ kind: 'failed', reason, detail: '' }) as const;
    assert.match((await problemAfter('camera', failed('denied'))) ?? '', /browser does not let.*site settings/);
    assert.match(
      (await problemAfter('camera', failed('denied-by-system'))) ?? '',
      /operating system.*privacy settings/,
    );
    assert.match((await problemAfter('camera', failed('busy'))) ?? '', /Another program/);
    assert.match((await problemAfter('camera', failed('vanished'))) ?? '', /unplugged/);
    assert.match((await problemAfter('screen', failed('denied-by-system'))) ?? '', /Screen Recording/);
    assert.equal(await problemAfter('screen', failed('cancelled')), undefined);
    assert.match((await problemAfter('screen', { kind: 'waiting' })) ?? '', /Click in the Talkthrough view/);
  });

  it('cuts out what the model wants to see closer, and points where it says, until the picture changes', async () => {
    const service = await rig.live();
    await rig.sharing.share('screen');
    report('screen', TAB);
    frame('screen', 1);
    await panel.until(() => shown('screen') !== undefined);
    const call = (id: string, name: string, args: Json): void => {
      service.say({ toolCall: { functionCalls: [{ id, name, args }] } });
    };
    call('c1', 'look_closer', { source: 'screen', region: [0, 0, 500, 250] });
    await panel.until(() => panel.posted.some(({ type }) => type === 'crop'));
    const cut = panel.posted.find((message) => message.type === 'crop');
    assert.ok(cut?.type === 'crop');
    assert.deepEqual(cut.region, { top: 0, left: 0, bottom: 500, right: 250 });
    const picture = { jpeg: jpegMarked(99), widthPx: 480, heightPx: 540, ageMs: 0 };
    panel.says({ type: 'cropResult', request: cut.request, picture });
    const first = answersIn(await service.hears('toolResponse'));
    assert.deepEqual(marksOf(service), [1, 99], 'the part comes before the answer');
    assert.equal((first[0]?.['response'] as Json)['status'], 'ok');

    call('c2', 'point_at', { source: 'screen', box: [100, 200, 300, 400], label: 'Total' });
    await service.hears('toolResponse');
    const pointing = () => panel.posted.findLast((message) => message.type === 'pointing');
    const at = { box: { top: 100, left: 200, bottom: 300, right: 400 }, label: 'Total' };
    assert.deepEqual(pointing(), { type: 'pointing', source: 'screen', at });
    frame('screen', 2);
    await panel.until(() => pointing()?.at === undefined);

    call('c3', 'look_closer', { source: 'camera', region: [0, 0, 10, 10] });
    call('c4', 'point_at', { source: 'screen', box: [0, 0, 2000, 10], label: 'x' });
    const wrong = [
      ...answersIn(await service.hears('toolResponse')),
      ...answersIn(await service.hears('toolResponse')),
    ];
    const messages = wrong.map(({ response }) => String((response as Json)['message']));
    assert.match(messages.join('\n'), /not sharing a camera/);
    assert.match(messages.join('\n'), /arguments do not fit/);
  });

  function answersIn(toolResponse: Json): Json[] {
    return toolResponse['functionResponses'] as Json[];
  }

  /** Sends the frame again and again until it has arrived: before that nothing says that the line is free. */
  async function untilSent(holds: () => boolean, mark?: number): Promise<void> {
    while (!holds()) {
      if (mark !== undefined) frame('screen', mark);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function untilTold(service: PeerConnection, words: RegExp): Promise<void> {
    for (;;) {
      const content = await service.hears('clientContent');
      if (words.test(JSON.stringify(content).replaceAll('\\"', '"'))) {
        assert.equal(content['turnComplete'] ?? false, false, 'a note is no question');
        return;
      }
    }
  }
});
