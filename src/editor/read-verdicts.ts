import * as vscode from 'vscode';
import type { Gate } from '../gate/gate.ts';

type Judge = Pick<Gate, 'mayRead' | 'isExcludedName' | 'onDidChange'>;

/** Files whose verdict is remembered: those on screen, and some that were. */
const MAX_KNOWN = 50;

/** `unknown`: the gate still looks; nothing of the content is told, and nothing said about why. */
export type Verdict = 'readable' | 'private' | 'unknown';

/** Whether the content of open files may be told, at once: the gate has to look at the disk, and a question does not wait. */
export class ReadVerdicts implements vscode.Disposable {
  readonly #gate: Judge;
  readonly #known = new Map<string, boolean>();
  /** Of each file the newest question that is still open: an answer to an older one may not be so any more. */
  readonly #asked = new Map<string, symbol>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listener: vscode.Disposable;
  /** A verdict came that differs from what was taken for it. */
  readonly onDidChange = this.#changed.event;

  constructor(gate: Judge) {
    this.#gate = gate;
    this.#listener = gate.onDidChange(() => {
      this.#known.clear();
      this.#asked.clear();
      this.#changed.fire();
    });
  }

  /** @param file of the workspace, or a new one that is nowhere yet */
  of(file: vscode.Uri): Verdict {
    if (file.scheme === 'untitled') return mayTellUntitled(this.#gate, file) ? 'readable' : 'private';
    if (this.#gate.isExcludedName(file)) return 'private';
    const known = this.#known.get(file.toString());
    if (known === undefined) {
      void this.judge(file);
      return 'unknown';
    }
    return known ? 'readable' : 'private';
  }

  /** Asks the gate anew: a link may lead elsewhere by now. What it says counts unless it was asked again meanwhile. */
  async judge(file: vscode.Uri): Promise<void> {
    const key = file.toString();
    const question = Symbol(key);
    this.#asked.set(key, question);
    const verdict = await this.#gate.mayRead(file).catch(() => false);
    if (this.#asked.get(key) !== question) return;
    this.#asked.delete(key);
    const before = this.#known.get(key);
    this.#known.delete(key);
    this.#known.set(key, verdict);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    if (before !== verdict) this.#changed.fire();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}

/**
 * What is typed into a new editor belongs to no file yet; but one that was opened by a name (`code .env`) bears it already, and
 * is as private as the file it will be.
 */
export function mayTellUntitled(gate: Pick<Gate, 'isExcludedName'>, file: vscode.Uri): boolean {
  if (!file.path.startsWith('/')) return true;
  const scheme = vscode.workspace.workspaceFolders?.[0]?.uri.scheme ?? 'file';
  return !gate.isExcludedName(file.with({ scheme }));
}
