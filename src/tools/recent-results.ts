import type { Tool, ToolResult } from './tool.ts';

/** More at once is a model that has lost its way. */
const MAX_KEPT = 50;

/**
 * The service was seen to drop a call and issue it again under a new id after 2.6 to 3.6 s (docs/live-api.md, "Tool
 * calls"). What comes later is meant.
 */
const REISSUED_WITHIN_MS = 10_000;

interface Kept {
  readonly tool: Tool;
  readonly result: Promise<ToolResult>;
  readonly callers: WaitingCallers;
  /** Undefined: it still runs. */
  endedAtMs: number | undefined;
}

/**
 * What is being done or was just done, so that it is not done twice because the service asked twice: a call that still runs
 * is joined, a change or a run that has just ended is not repeated, and what was read holds for the rest of the turn, unless
 * something changed meanwhile.
 */
export class RecentResults {
  readonly #nowMs: () => number;
  readonly #kept = new Map<string, Kept>();

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /**
   * The result of the same call, or of this one. What failed, and what only shows something, is done anew.
   *
   * @param gone aborted when this caller does not wait any more
   * @param run is told to stop when none of those who joined waits any more
   */
  getOrRun(
    tool: Tool,
    args: unknown,
    gone: AbortSignal,
    run: (allGone: AbortSignal) => Promise<ToolResult>,
  ): Promise<ToolResult> {
    if (tool.kind === 'show') return run(gone);
    const key = `${tool.name} ${JSON.stringify(args)}`;
    const known = this.#kept.get(key);
    if (known !== undefined && this.#holds(known)) {
      known.callers.join(gone);
      return known.result;
    }
    // What changes or runs something makes what was read before untrue.
    if (tool.kind !== 'read') this.somethingChanged();
    const callers = new WaitingCallers();
    callers.join(gone);
    const kept: Kept = { tool, result: run(callers.allGone), callers, endedAtMs: undefined };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    this.#forgetOldest();
    const ended = (again: boolean): void => {
      kept.endedAtMs = this.#nowMs();
      if (again && this.#kept.get(key) === kept) this.#kept.delete(key);
    };
    kept.result.then(
      ({ response, stills = [] }) => ended(response.status !== 'ok' || stills.length > 0 || tool.fleeting === true),
      () => ended(true),
    );
    return kept.result;
  }

  /** A document, a file or a diagnostic is not what it was: what was read is to be read anew. */
  somethingChanged(): void {
    this.#forget(({ tool, endedAtMs }) => tool.kind === 'read' && endedAtMs !== undefined);
  }

  /** The person decided something: the same may be meant anew. */
  personDecided(): void {
    this.#forget(({ endedAtMs }) => endedAtMs !== undefined);
  }

  /**
   * The person says something new. What still runs is still joined, and what has just been changed is not repeated; but a run
   * that had ended is meant anew: the tests after what the person mended are other tests.
   */
  turnBegins(): void {
    this.#forget(({ tool, endedAtMs }) => tool.kind !== 'change' && endedAtMs !== undefined);
  }

  /** Another session: its calls are its own. */
  forgetAll(): void {
    this.#kept.clear();
  }

  #holds({ tool, callers, endedAtMs }: Kept): boolean {
    // What nobody waited for any more is being given up.
    if (endedAtMs === undefined) return !callers.allGone.aborted;
    return tool.kind === 'read' || this.#nowMs() - endedAtMs < REISSUED_WITHIN_MS;
  }

  #forgetOldest(): void {
    for (const [key, { endedAtMs }] of this.#kept) {
      if (this.#kept.size <= MAX_KEPT) return;
      if (endedAtMs !== undefined) this.#kept.delete(key);
    }
  }

  #forget(isGone: (kept: Kept) => boolean): void {
    for (const [key, kept] of [...this.#kept]) if (isGone(kept)) this.#kept.delete(key);
  }
}

/** Those who wait for one and the same piece of work. It is to stop once all of them have gone, not before. */
class WaitingCallers {
  readonly #allGone = new AbortController();
  #count = 0;

  /** Aborted when nobody waits any more. */
  get allGone(): AbortSignal {
    return this.#allGone.signal;
  }

  /** @param gone aborted when this one does not wait any more */
  join(gone: AbortSignal): void {
    this.#count += 1;
    gone.addEventListener('abort', () => this.#leave(), { once: true });
    if (gone.aborted) this.#leave();
  }

  #leave(): void {
    this.#count -= 1;
    if (this.#count === 0) this.#allGone.abort();
  }
}
