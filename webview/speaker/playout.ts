import { JitterTarget } from './jitter-target.ts';
import { MuteRamp } from './mute-ramp.ts';
import { ReplyLedger, type ReplySpan } from './reply-ledger.ts';
import { SampleQueue } from './sample-queue.ts';
import { HISTORY_SAMPLES, SEAM_SAMPLES, StallBridge } from './stall-bridge.ts';
import type { OverflowReport, PlayedReport } from './worklet-messages.ts';

/** What Gemini Live speaks (docs/live-api.md, "Sound"). */
export const REPLY_RATE_HZ = 24_000;
const SAMPLES_PER_MS = REPLY_RATE_HZ / 1000;

/** A reply starts after this even if less than the target came: with the way there it is heard within 80 ms. */
const START_WAIT_SAMPLES = 65 * SAMPLES_PER_MS;
/** Enough to bridge a stall right after the start: the bridge's reach, 25 ms. */
const MIN_START_SAMPLES = HISTORY_SAMPLES;
/** An interruption fades this fast: short enough to feel immediate, long enough not to click. */
const FLUSH_FADE_SAMPLES = 8 * SAMPLES_PER_MS;
/** Rise after a bridged or silent stall. */
const RISE_PER_SAMPLE = 1 / (8 * SAMPLES_PER_MS);
/** A bridge sounds like a held vowel: believable for 40 ms, then it fades out over 140 ms. */
const BRIDGE_HOLD_SAMPLES = 40 * SAMPLES_PER_MS;
const BRIDGE_FALL_PER_SAMPLE = 1 / (140 * SAMPLES_PER_MS);
const REPORT_EVERY_SAMPLES = 50 * SAMPLES_PER_MS;

type Mode =
  /** Nothing is queued. */
  | 'idle'
  /** A reply has begun to come; its sound starts when enough is in hand. */
  | 'waiting'
  /** Sounds, from the queue or, in a stall, from the bridge. */
  | 'playing'
  /** A stall outlasted the bridge: silent until enough is in hand again. */
  | 'dry'
  /** Interrupted: the last 8 ms go out. */
  | 'fading';

export interface PlayoutListener {
  onPlayed(report: PlayedReport): void;
  onOverflow(report: OverflowReport): void;
}

/**
 * The loudspeaker's logic at 24 kHz: queues replies, starts them when it is safe, bridges stalls, obeys interruptions and
 * counts what was played. Its only clock is the samples it has rendered. Without a stall the output is the input divided
 * by 32 768, bit for bit.
 */
export class Playout {
  readonly #listener: PlayoutListener;
  readonly #queue = new SampleQueue();
  readonly #ledger = new ReplyLedger();
  readonly #target = new JitterTarget();
  readonly #bridge = new StallBridge();
  readonly #mute = new MuteRamp();
  #mode: Mode = 'idle';
  #clock = 0;
  /** Next queue position to read; while a stall is bridged it lies before `#reached`. */
  #position = 0;
  /** One past the newest sample that was played. */
  #reached = 0;
  /** The bridge may not reach back beyond this. */
  #earliest = 0;
  #seamAt = SEAM_SAMPLES;
  /** Samples rendered since the queue ran dry; undefined while all is well. */
  #dryFor: number | undefined;
  #refilledAt: number | undefined;
  #gain = 1;
  #fadeAt = 0;
  #fadeLength = 0;
  #flushedThrough = -Infinity;
  #endedThrough = -Infinity;
  #sinceReport = 0;

  constructor(listener: PlayoutListener) {
    this.#listener = listener;
  }

  /** Adds sound to `reply`. Dropped when the reply was flushed, has ended, or a later one has begun. */
  enqueue(reply: number, samples: Int16Array): void {
    if (!this.#accepts(reply)) return;
    const span = this.#ledger.open(reply, this.#queue.end, this.#clock);
    const accepted = this.#queue.append(samples);
    span.end = this.#queue.end;
    if (accepted < samples.length) this.#listener.onOverflow({ reply, droppedSamples: samples.length - accepted });
    if (this.#mode === 'idle') this.#mode = 'waiting';
    if (this.#dryFor !== undefined && span === this.#ledger.current) {
      this.#target.ranDry(this.#dryFor);
      this.#dryFor = undefined;
      this.#refilledAt = this.#clock;
    }
  }

  /** No more will come of `reply`: what there is is played at once and to its last sample. */
  finish(reply: number): void {
    if (!this.#accepts(reply)) return;
    this.#ledger.open(reply, this.#queue.end, this.#clock).finished = true;
    if (this.#mode === 'idle') this.#mode = 'waiting';
  }

  /**
   * Silences every reply up to and including `throughReply`, now and for ever; later ones are not touched.
   * @param fade false clears without the 8 ms fade, for when nothing is being rendered.
   */
  flush(throughReply: number, fade: boolean): void {
    this.#flushedThrough = Math.max(this.#flushedThrough, throughReply);
    const { current } = this.#ledger;
    if (current === undefined || current.reply > throughReply) return;
    if (this.#mode === 'fading' && fade) return;
    this.#fadeLength = Math.min(FLUSH_FADE_SAMPLES, SEAM_SAMPLES - this.#seamAt + current.end - this.#position);
    this.#fadeAt = 0;
    if (fade && this.#mode === 'playing' && this.#fadeLength > 0) this.#mode = 'fading';
    else this.#clearFlushed();
  }

  /** Goes silent but plays on, so that captions keep pace. */
  setMuted(muted: boolean): void {
    // The ramp is for sound: what is muted before it starts is not heard at all.
    this.#mute.set(muted, this.#mode === 'playing' || this.#mode === 'fading');
  }

  /** Writes the next `frames` samples at 24 kHz. */
  render(output: Float32Array, frames: number): void {
    for (let written = 0; written < frames;) written += this.#fill(output, written, frames - written);
    this.#clock += frames;
    this.#queue.trim(this.#position - HISTORY_SAMPLES);
    this.#mute.apply(output, frames);
  }

  #accepts(reply: number): boolean {
    const newest = this.#ledger.last?.reply ?? -Infinity;
    return reply > this.#flushedThrough && reply > this.#endedThrough && reply >= newest;
  }

  /** Writes some of the wanted samples, or changes the mode and writes none. Returns how many it wrote. */
  #fill(output: Float32Array, offset: number, frames: number): number {
    const { current } = this.#ledger;
    switch (this.#mode) {
      case 'waiting':
      case 'dry':
        if (current !== undefined && this.#isReady(current)) {
          this.#mode = 'playing';
          return 0;
        }
        if (this.#dryFor !== undefined) this.#dryFor += frames;
        return silence(output, offset, frames);
      case 'playing':
        return current === undefined ? 0 : this.#play(current, output, offset, frames);
      case 'fading':
        return this.#fade(output, offset, frames);
      case 'idle':
        return silence(output, offset, frames);
    }
  }

  #isReady(span: ReplySpan): boolean {
    const inHand = span.end - this.#position;
    if (span.finished || inHand >= this.#target.targetSamples) return true;
    if (inHand < MIN_START_SAMPLES) return false;
    if (this.#mode === 'waiting') return this.#clock - span.arrivedAt >= START_WAIT_SAMPLES;
    return this.#refilledAt !== undefined && this.#clock - this.#refilledAt >= this.#target.targetSamples;
  }

  #play(span: ReplySpan, output: Float32Array, offset: number, frames: number): number {
    // What may be the last before a stall is held back, because a seam needs it.
    const heldBack = span.finished ? 0 : SEAM_SAMPLES;
    const count = this.#take(output, offset, frames, span.end - heldBack);
    if (count > 0) {
      this.#shape(output, offset, count);
      this.#count(span, count);
    } else if (span.finished) {
      this.#end(span);
    } else {
      this.#runDry(span);
    }
    return count;
  }

  /** Writes from the seam, or from the queue up to the position `until`. */
  #take(output: Float32Array, offset: number, frames: number, until: number): number {
    if (this.#seamAt < SEAM_SAMPLES) {
      const count = Math.min(frames, SEAM_SAMPLES - this.#seamAt);
      for (let i = 0; i < count; i += 1) output[offset + i] = this.#bridge.seam[this.#seamAt + i] ?? 0;
      this.#seamAt += count;
      return count;
    }
    const count = Math.min(frames, until - this.#position);
    if (count <= 0) return 0;
    this.#queue.read(this.#position, output, offset, count);
    this.#position += count;
    this.#reached = Math.max(this.#reached, this.#position);
    return count;
  }

  /** Falls while a stall lasts, rises after it; otherwise leaves every bit as it is. */
  #shape(output: Float32Array, offset: number, count: number): void {
    for (let i = offset; i < offset + count; i += 1) {
      if (this.#dryFor !== undefined) {
        this.#dryFor += 1;
        if (this.#dryFor > BRIDGE_HOLD_SAMPLES) this.#gain = Math.max(0, this.#gain - BRIDGE_FALL_PER_SAMPLE);
      } else if (this.#gain < 1) {
        this.#gain = Math.min(1, this.#gain + RISE_PER_SAMPLE);
      } else {
        return;
      }
      output[i] = (output[i] ?? 0) * this.#gain;
    }
  }

  #count(span: ReplySpan, count: number): void {
    if (this.#dryFor === undefined) this.#target.played(count);
    this.#sinceReport += count;
    if (this.#sinceReport >= REPORT_EVERY_SAMPLES) this.#report(span, false);
  }

  #runDry(span: ReplySpan): void {
    if (this.#dryFor === undefined) {
      this.#dryFor = 0;
      this.#refilledAt = undefined;
      span.underruns += 1;
      this.#report(span, false);
    }
    const next = this.#gain > 0 ? this.#bridge.cross(this.#queue, this.#position, this.#earliest) : undefined;
    if (next === undefined) {
      this.#gain = 0;
      this.#position = this.#reached;
      this.#mode = 'dry';
    } else {
      this.#position = next;
      this.#seamAt = 0;
    }
  }

  #end(span: ReplySpan): void {
    this.#report(span, true);
    this.#ledger.takeThrough(span.reply);
    this.#endedThrough = span.reply;
    this.#settle();
  }

  #fade(output: Float32Array, offset: number, frames: number): number {
    const count = this.#take(output, offset, Math.min(frames, this.#fadeLength - this.#fadeAt), this.#queue.end);
    this.#shape(output, offset, count);
    for (let i = offset; i < offset + count; i += 1) {
      this.#fadeAt += 1;
      output[i] = (output[i] ?? 0) * (0.5 + 0.5 * Math.cos((Math.PI * this.#fadeAt) / this.#fadeLength));
    }
    if (this.#fadeAt >= this.#fadeLength || count === 0) this.#clearFlushed();
    return count;
  }

  #clearFlushed(): void {
    for (let span; (span = this.#ledger.takeThrough(this.#flushedThrough)) !== undefined;) this.#report(span, true);
    this.#position = this.#ledger.current?.start ?? this.#queue.end;
    this.#earliest = this.#position;
    this.#reached = this.#position;
    this.#queue.trim(this.#position);
    this.#settle();
  }

  /** Turns to the next reply, if there is one. */
  #settle(): void {
    this.#mode = this.#ledger.current === undefined ? 'idle' : 'waiting';
    this.#gain = 1;
    this.#dryFor = undefined;
    this.#seamAt = SEAM_SAMPLES;
  }

  #report(span: ReplySpan, final: boolean): void {
    const { reply, start, end, underruns } = span;
    const playedSamples = Math.min(end, Math.max(start, this.#reached)) - start;
    const bufferedSamples = final ? 0 : end - start - playedSamples;
    this.#listener.onPlayed({
      reply,
      playedSamples,
      bufferedSamples,
      underruns,
      targetMs: this.#target.targetMs,
      final,
    });
    this.#sinceReport = 0;
  }
}

function silence(output: Float32Array, offset: number, frames: number): number {
  output.fill(0, offset, offset + frames);
  return frames;
}
