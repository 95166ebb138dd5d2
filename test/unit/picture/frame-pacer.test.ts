import assert from 'node:assert/strict';
import type { ShareSource } from '../../../src/protocol/picture.ts';
import { FramePacer } from '../../../webview/picture/frame-pacer.ts';
import { Seeded } from '../live/seeded.ts';

/** How often a screen that changes gives frames. */
const FRAME_MS = 100;

interface Sent {
  readonly source: ShareSource;
  readonly atMs: number;
}

/** Plays sources that change when they are said to, on a clock of its own, and notes what is sent. */
class Play {
  readonly pacer = new FramePacer();
  readonly sent: Sent[] = [];
  nowMs = 0;
  readonly #changing = new Set<ShareSource>();
  readonly #shows = new Map<ShareSource, number>();
  readonly #sentShows = new Map<ShareSource, number>();

  begin(source: ShareSource): void {
    this.pacer.begin(source);
    this.#shows.set(source, 0);
    this.pacer.arrived(source);
  }

  setChanging(source: ShareSource, changing: boolean): void {
    if (changing) this.#changing.add(source);
    else this.#changing.delete(source);
  }

  /** One frame with something else on it. */
  change(source: ShareSource): void {
    this.#shows.set(source, (this.#shows.get(source) ?? 0) + 1);
    this.pacer.arrived(source);
    this.#settle();
  }

  /** One frame in which only a caret blinked. */
  blink(source: ShareSource): void {
    this.pacer.arrived(source);
    this.#settle();
  }

  look(unlessNewerThanMs: number): void {
    this.pacer.look(this.nowMs, unlessNewerThanMs);
    this.#settle();
  }

  run(forMs: number): void {
    const endMs = this.nowMs + forMs;
    while (this.nowMs < endMs) {
      this.nowMs += 1;
      if (this.nowMs % FRAME_MS === 0) for (const source of this.#changing) this.change(source);
      this.#settle();
    }
  }

  timesOf(source: ShareSource): readonly number[] {
    return this.sent.filter((frame) => frame.source === source).map(({ atMs }) => atMs);
  }

  #settle(): void {
    for (let steps = 0; steps < 10; steps += 1) {
      const pace = this.pacer.next(this.nowMs);
      if (pace.kind === 'wait') return;
      const shows = this.#shows.get(pace.source);
      if (pace.kind === 'compare') {
        this.pacer.compared(pace.source, this.nowMs, shows !== this.#sentShows.get(pace.source));
        continue;
      }
      this.#sentShows.set(pace.source, shows ?? 0);
      this.pacer.sent(pace.source, this.nowMs);
      this.sent.push({ source: pace.source, atMs: this.nowMs });
    }
    assert.fail('The pacer goes round in circles');
  }
}

function gaps(timesMs: readonly number[]): readonly number[] {
  return timesMs.slice(1).map((atMs, index) => atMs - (timesMs[index] ?? 0));
}

describe('Frames of one share', () => {
  it('come at once, then none for as long as nothing changes', () => {
    const play = new Play();
    play.begin('screen');
    play.run(60_000);
    assert.deepEqual(play.timesOf('screen'), [1]);
  });

  it('come once a second while it changes, and once more when it has come to rest', () => {
    const play = new Play();
    play.begin('screen');
    play.run(5_000);
    play.setChanging('screen', true);
    play.run(10_000);
    play.setChanging('screen', false);
    play.run(60_000);
    const times = play.timesOf('screen').slice(1);
    assert.equal(times.length, 11, 'ten seconds of change, and what it ended with');
    assert.ok(gaps(times).every((gap) => gap >= 1_000 && gap <= 1_250));
  });

  it('show a change that follows a frame too soon at the end of its second', () => {
    const play = new Play();
    play.begin('screen');
    play.run(3_000);
    play.change('screen');
    play.run(300);
    play.change('screen');
    play.run(5_000);
    assert.deepEqual(play.timesOf('screen'), [1, 3_000, 4_000]);
  });

  it('are compared, when only a caret blinks, and not sent', () => {
    const play = new Play();
    play.begin('screen');
    for (let seconds = 0; seconds < 60; seconds += 0.5) {
      play.blink('screen');
      play.run(500);
    }
    assert.equal(play.sent.length, 1);
  });

  it('come at once when the person begins to ask, unless the last one is fresh', () => {
    const play = new Play();
    play.begin('screen');
    play.run(400);
    play.look(500);
    play.run(400);
    assert.deepEqual(play.timesOf('screen'), [1], 'the first one is 400 ms old');
    play.look(500);
    play.run(5_000);
    assert.deepEqual(play.timesOf('screen'), [1, 800]);
    play.look(500);
    assert.equal(play.timesOf('screen').at(-1), 5_800);
  });

  it('come when they are there, if the person asks before there is one', () => {
    const play = new Play();
    play.pacer.begin('screen');
    play.look(500);
    play.run(100);
    assert.deepEqual(play.sent, []);
    play.change('screen');
    play.run(5_000);
    assert.deepEqual(play.timesOf('screen'), [100]);
  });

  it('are sent again every 10 s while the person speaks, and not a moment longer', () => {
    const play = new Play();
    play.begin('screen');
    play.run(20_000);
    play.pacer.setPersonSpeaks(true);
    play.run(25_000);
    play.pacer.setPersonSpeaks(false);
    play.run(60_000);
    assert.deepEqual(play.timesOf('screen'), [1, 20_001, 30_001, 40_001]);
  });

  it('that could not be sent are replaced by a fresh one when the line is free', () => {
    const play = new Play();
    play.begin('screen');
    play.run(2_000);
    play.change('screen');
    play.pacer.skipped('screen', play.nowMs + 300);
    play.run(5_000);
    assert.deepEqual(play.timesOf('screen'), [1, 2_000, 2_300]);
  });

  it('end with it', () => {
    const play = new Play();
    play.begin('screen');
    play.setChanging('screen', true);
    play.run(3_000);
    play.pacer.end('screen');
    const before = play.sent.length;
    play.run(5_000);
    assert.equal(play.sent.length, before);
  });
});

describe('Frames of two shares', () => {
  function both(): Play {
    const play = new Play();
    play.begin('screen');
    play.begin('camera');
    play.pacer.setFocus('screen');
    return play;
  }

  it('are mostly those of the focus; the other one is sent every 5 s, and no two are closer than a second', () => {
    const play = both();
    play.setChanging('screen', true);
    play.setChanging('camera', true);
    play.run(60_000);
    assert.ok(gaps(play.sent.map(({ atMs }) => atMs)).every((gap) => gap >= 1_000));
    const other = gaps(play.timesOf('camera'));
    assert.ok(
      other.every((gap) => gap >= 5_000 && gap <= 6_000),
      other.join(', '),
    );
    assert.ok(play.timesOf('screen').length >= 38, `${play.timesOf('screen').length} of the focus in a minute`);
  });

  it('change their shares when the focus does', () => {
    const play = both();
    play.setChanging('screen', true);
    play.setChanging('camera', true);
    play.run(10_000);
    play.pacer.setFocus('camera');
    const before = play.timesOf('camera').length;
    play.run(10_000);
    assert.ok(play.timesOf('camera').length - before >= 6);
  });

  it('hold still when neither changes, also while the person speaks but for the focus', () => {
    const play = both();
    play.run(30_000);
    assert.equal(play.sent.length, 2);
    play.pacer.setPersonSpeaks(true);
    play.run(10_000);
    assert.deepEqual(play.sent.slice(2), [{ source: 'screen', atMs: 30_001 }]);
  });

  it('answer a question with the one that is on, whichever was the focus', () => {
    const play = both();
    play.run(10_000);
    play.pacer.end('screen');
    play.look(500);
    assert.deepEqual(play.sent.at(-1), { source: 'camera', atMs: 10_000 });
  });
});

describe('Whatever happens', () => {
  it('frames are a second apart, but for those that a question asked for', () => {
    const seeded = new Seeded();
    console.log(`      SEED=${seeded.seed}`);
    const random = (): number => seeded.next();
    const play = new Play();
    let asked = 0;
    for (let step = 0; step < 2_000; step += 1) {
      const source = random() < 0.5 ? 'screen' : 'camera';
      const what = random();
      if (what < 0.2) play.begin(source);
      else if (what < 0.3) play.pacer.end(source);
      else if (what < 0.5) play.setChanging(source, random() < 0.5);
      else if (what < 0.6) play.pacer.setFocus(source);
      else if (what < 0.7) play.pacer.setPersonSpeaks(random() < 0.5);
      else if (what < 0.8) {
        play.look(500);
        asked += 1;
      } else play.blink(source);
      play.run(Math.floor(random() * 600));
    }
    const tooClose = gaps(play.sent.map(({ atMs }) => atMs)).filter((gap) => gap < 1_000).length;
    assert.ok(tooClose <= 2 * asked, `${tooClose} frames too close for ${asked} questions`);
    assert.ok(play.sent.length > 100);
  });
});
