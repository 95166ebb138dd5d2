import assert from 'node:assert/strict';
import { UplinkBacklog } from '../../../webview/channel/uplink-backlog.ts';

const CHUNK_BYTES = 720;
const FRAME_BYTES = 90_000;

/** A line that takes so many bytes a second, and a page that speaks into it every 20 ms. */
class SlowLine {
  readonly warnings: string[] = [];
  readonly backlog = new UplinkBacklog((sentence) => this.warnings.push(sentence));
  waitingBytes = 0;
  spoken = 0;
  dropped = 0;
  frames = 0;
  readonly #bytesPerSecond: number;

  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  speak(seconds: number, framesWanted: boolean): void {
    for (let tick = 0; tick < seconds * 50; tick += 1) {
      this.waitingBytes = Math.max(0, this.waitingBytes - this.#bytesPerSecond / 50);
      if (this.backlog.admits(this.waitingBytes, 20)) {
        this.waitingBytes += CHUNK_BYTES;
        this.spoken += 1;
      } else this.dropped += 1;
      if (framesWanted && tick % 50 === 0 && this.backlog.admitsFrame(this.waitingBytes)) {
        this.waitingBytes += FRAME_BYTES;
        this.backlog.addedPicture(FRAME_BYTES);
        this.frames += 1;
      }
    }
  }
}

describe('A frame on a slow line', () => {
  it('is left out rather than any sound, and the next one waits for the line to be free', () => {
    const line = new SlowLine(60_000);
    line.speak(30, true);
    assert.equal(line.dropped, 0);
    assert.deepEqual(line.warnings, []);
    assert.ok(line.frames >= 5 && line.frames <= 15, `${line.frames} frames`);
  });

  it('is never in the way where the line carries both', () => {
    const line = new SlowLine(400_000);
    line.speak(10, true);
    assert.equal(line.frames, 10);
    assert.equal(line.dropped, 0);
  });

  it('does not hide that the line is slower than speech', () => {
    const line = new SlowLine(10_000);
    line.speak(10, true);
    assert.ok(line.dropped > 50);
    assert.equal(line.frames, 1, 'before it was known');
    line.waitingBytes = 0;
    line.speak(1, false);
    assert.match(line.warnings.join('\n'), /too slow.*\n.*recovered/);
  });
});
