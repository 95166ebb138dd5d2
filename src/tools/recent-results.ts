import type { Tool, ToolResult } from './tool.ts';

/** A model that asks the same again within a turn, or whose call the service issued anew under another id. */
const MAX_KEPT = 50;

/**
 * What was just done, so that it is not done twice. The service may drop a call and issue it again under a new id, and models
 * ask again what they were answered: what was read is the same for the rest of the turn, and a change that was asked for
 * is the same change.
 */
export class RecentResults {
  readonly #results = new Map<string, { readonly lasting: boolean; readonly result: Promise<ToolResult> }>();

  /** The result of the same call, or of this one. What failed, and what only shows something, is done anew. */
  of({ name, kind }: Tool, args: unknown, run: () => Promise<ToolResult>): Promise<ToolResult> {
    if (kind === 'show') return run();
    const key = `${name} ${JSON.stringify(args)}`;
    const known = this.#results.get(key);
    if (known !== undefined) return known.result;
    // What changes or runs something makes what was read before untrue.
    if (kind !== 'read') this.#forgetReads();
    const result = run();
    this.#results.set(key, { lasting: kind !== 'read', result });
    const [oldest] = this.#results.keys();
    if (this.#results.size > MAX_KEPT && oldest !== undefined) this.#results.delete(oldest);
    const forgetFailed = (failed: boolean): void => {
      if (failed && this.#results.get(key)?.result === result) this.#results.delete(key);
    };
    result.then(
      ({ response, stills = [] }) => forgetFailed(response.status !== 'ok' || stills.length > 0),
      () => forgetFailed(true),
    );
    return result;
  }

  /** The person says something new. Changes and runs are remembered for one turn more: a re-issued call may trail. */
  turnBegins(): void {
    for (const [key, { lasting, result }] of this.#results) {
      this.#results.delete(key);
      if (lasting) this.#results.set(key, { lasting: false, result });
    }
  }

  forget(): void {
    this.#results.clear();
  }

  #forgetReads(): void {
    for (const [key, { lasting }] of this.#results) if (!lasting) this.#results.delete(key);
  }
}
