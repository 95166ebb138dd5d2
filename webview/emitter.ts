/** What comes with an event: nothing where `Detail` is undefined. */
export type With<Detail> = [Detail] extends [undefined] ? [] : [detail: Detail];

/** The base of whatever tells events and is no element. `Events` names them, each with what it tells. */
export class Emitter<Events> {
  readonly #listeners: { [Name in keyof Events]?: Set<(...detail: With<Events[Name]>) => void> } = {};

  /** Calls `listener` at each event of that name, until the signal is aborted. */
  on<Name extends keyof Events>(
    name: Name,
    listener: (...detail: With<Events[Name]>) => void,
    signal?: AbortSignal,
  ): void {
    if (signal?.aborted === true) return;
    const listeners = (this.#listeners[name] ??= new Set());
    listeners.add(listener);
    signal?.addEventListener('abort', () => listeners.delete(listener), { once: true });
  }

  /** Listeners have run when it returns. */
  protected emit<Name extends keyof Events>(name: Name, ...detail: With<Events[Name]>): void {
    for (const listener of this.#listeners[name] ?? []) listener(...detail);
  }
}
