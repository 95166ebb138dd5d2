import type { ShareSource } from '../../src/protocol/picture.ts';

/** One frame a second is what the models take (docs/live-api.md, "Pictures"); more would only cost tokens. */
export const FRAME_EVERY_MS = 1_000;
/** Beside the focus, the other share is only kept in mind. */
export const OTHER_EVERY_MS = 5_000;
/** While the person speaks, a picture that does not change is sent again: the model may have lost it from its context. */
export const REFRESH_EVERY_MS = 10_000;
/** Comparing costs some milliseconds of the worker; a change is noticed soon enough by looking four times a second. */
export const COMPARE_EVERY_MS = 250;

/** What to do next. Times are those of the clock that was passed in, milliseconds. */
export type Pace =
  | { readonly kind: 'send'; readonly source: ShareSource }
  /** Find out whether the newest frame shows something else than the last that was sent, and report by `compared`. */
  | { readonly kind: 'compare'; readonly source: ShareSource }
  /** Until something happens, or until then. */
  | { readonly kind: 'wait'; readonly untilMs?: number };

interface Pursuit {
  /** Undefined: none was sent yet. */
  sentAtMs: number | undefined;
  comparedAtMs: number;
  /** There is a frame at all. */
  hasFrame: boolean;
  /** A frame came since the last comparison. */
  fresh: boolean;
  /** It is known to show something else than the last that was sent. */
  changed: boolean;
}

/**
 * When a frame of which share is sent. Pure: it neither looks nor waits, and the clock is the caller's. Between any two
 * frames, whatever their source, lies a second, but for one that the person's question asks for.
 */
export class FramePacer {
  readonly #pursuits = new Map<ShareSource, Pursuit>();
  #focus: ShareSource = 'screen';
  #personSpeaks = false;
  #lookUnlessNewerThanMs: number | undefined;
  #heldUntilMs = Number.NEGATIVE_INFINITY;

  setFocus(focus: ShareSource): void {
    this.#focus = focus;
  }

  setPersonSpeaks(speaks: boolean): void {
    this.#personSpeaks = speaks;
  }

  /** A share begins; its first frame is sent as soon as there is one. */
  begin(source: ShareSource): void {
    const never = Number.NEGATIVE_INFINITY;
    this.#pursuits.set(source, {
      sentAtMs: undefined,
      comparedAtMs: never,
      hasFrame: false,
      fresh: false,
      changed: false,
    });
  }

  end(source: ShareSource): void {
    this.#pursuits.delete(source);
  }

  /** A frame was captured. */
  arrived(source: ShareSource): void {
    const pursuit = this.#pursuits.get(source);
    if (pursuit === undefined) return;
    pursuit.hasFrame = true;
    pursuit.fresh = true;
  }

  /** The person begins to ask: a frame of the focus is wanted now, unless the last one is younger than this. */
  look(nowMs: number, unlessNewerThanMs: number): void {
    const sentAtMs = this.#pursuits.get(this.#seen())?.sentAtMs;
    const isNew = sentAtMs !== undefined && nowMs - sentAtMs < unlessNewerThanMs;
    this.#lookUnlessNewerThanMs = isNew ? undefined : unlessNewerThanMs;
  }

  compared(source: ShareSource, nowMs: number, changed: boolean): void {
    const pursuit = this.#pursuits.get(source);
    if (pursuit === undefined) return;
    pursuit.comparedAtMs = nowMs;
    pursuit.fresh = false;
    pursuit.changed = changed;
  }

  /** A frame of this share was taken to be sent. */
  sent(source: ShareSource, nowMs: number): void {
    const pursuit = this.#pursuits.get(source);
    if (pursuit === undefined) return;
    pursuit.sentAtMs = nowMs;
    pursuit.comparedAtMs = nowMs;
    pursuit.fresh = false;
    pursuit.changed = false;
    if (source === this.#seen()) this.#lookUnlessNewerThanMs = undefined;
  }

  /** The frame that was taken could not be sent: another one is wanted, but not before `retryAtMs`. */
  skipped(source: ShareSource, retryAtMs: number): void {
    const pursuit = this.#pursuits.get(source);
    if (pursuit === undefined) return;
    pursuit.sentAtMs = undefined;
    this.#heldUntilMs = Math.max(this.#heldUntilMs, retryAtMs);
  }

  next(nowMs: number): Pace {
    const focus = this.#seen();
    const other = focus === 'screen' ? 'camera' : 'screen';
    if (nowMs < this.#heldUntilMs) return { kind: 'wait', untilMs: this.#heldUntilMs };
    if (this.#lookUnlessNewerThanMs !== undefined && this.#pursuits.get(focus)?.hasFrame === true) {
      return { kind: 'send', source: focus };
    }
    // The other share's turn comes so rarely that it goes first; otherwise it would never come.
    const paces = [this.#paceOf(other, OTHER_EVERY_MS, nowMs), this.#paceOf(focus, FRAME_EVERY_MS, nowMs)];
    const doing = paces.find(({ kind }) => kind !== 'wait');
    if (doing !== undefined) return doing;
    const timesMs = paces.flatMap((pace) => (pace.kind === 'wait' ? [pace.untilMs ?? Infinity] : []));
    const untilMs = Math.min(...timesMs);
    return untilMs === Infinity ? { kind: 'wait' } : { kind: 'wait', untilMs };
  }

  /** Where only one share is on, it is the one that is looked at, whichever was chosen. */
  #seen(): ShareSource {
    if (this.#pursuits.has(this.#focus)) return this.#focus;
    return this.#focus === 'screen' ? 'camera' : 'screen';
  }

  #paceOf(source: ShareSource, everyMs: number, nowMs: number): Pace {
    const pursuit = this.#pursuits.get(source);
    if (pursuit?.hasFrame !== true) return { kind: 'wait' };
    const { sentAtMs, comparedAtMs, fresh, changed } = pursuit;
    const freeAtMs = this.#anySentAtMs() + FRAME_EVERY_MS;
    if (sentAtMs === undefined) {
      return freeAtMs <= nowMs ? { kind: 'send', source } : { kind: 'wait', untilMs: freeAtMs };
    }
    const allowedAtMs = Math.max(freeAtMs, sentAtMs + everyMs);
    if (changed) return allowedAtMs <= nowMs ? { kind: 'send', source } : { kind: 'wait', untilMs: allowedAtMs };
    const refreshAtMs = this.#refreshAtMs(source, sentAtMs, freeAtMs);
    if (refreshAtMs <= nowMs) return { kind: 'send', source };
    const compareAtMs = fresh ? Math.max(allowedAtMs, comparedAtMs + COMPARE_EVERY_MS) : Infinity;
    if (compareAtMs <= nowMs) return { kind: 'compare', source };
    return { kind: 'wait', untilMs: Math.min(refreshAtMs, compareAtMs) };
  }

  #refreshAtMs(source: ShareSource, sentAtMs: number, freeAtMs: number): number {
    if (!this.#personSpeaks || source !== this.#seen()) return Infinity;
    return Math.max(freeAtMs, sentAtMs + REFRESH_EVERY_MS);
  }

  /** When a frame was last sent, of whatever source. */
  #anySentAtMs(): number {
    return Math.max(...[...this.#pursuits.values()].map(({ sentAtMs }) => sentAtMs ?? Number.NEGATIVE_INFINITY));
  }
}
