import type * as vscode from 'vscode';

/** What a workspace keeps, for as long as a test runs. */
export class KeptInMemory implements vscode.Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get<T>(key: string, otherwise?: T): T {
    // As VS Code's own: what was kept is believed to be what is asked for.
    return (this.#values.has(key) ? this.#values.get(key) : otherwise) as T;
  }

  update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
    return Promise.resolve();
  }
}
