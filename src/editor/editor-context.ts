import * as vscode from 'vscode';
import type { LiveSession } from '../live/session.ts';
import type { Gate } from '../gate/gate.ts';
import { ContextUpdates, UPDATE_TIMINGS, type EditorChange, type UpdateTimings } from './context-updates.ts';
import { describeEditor, EDITOR_TOPICS } from './editor-description.ts';
import { ReadVerdicts } from './read-verdicts.ts';
import { fileOf, shownEditor } from './shown-editor.ts';

/** What all of it together may cost each time it is told. Code has about four characters a token. */
const BUDGET_TOKENS = 700;
const CHARACTERS_PER_TOKEN = 4;

type ContextGate = Pick<Gate, 'mask' | 'relative' | 'mayRead' | 'isExcludedName' | 'onDidChange'>;

/**
 * Tells a session what the person has open, selected and broken, as it changes. When that can be sent without interrupting
 * anything is the session's to know; here it is decided what is worth telling. What is selected in a terminal is not told:
 * VS Code has no stable API that knows it, so the person hands it over by a command of the terminal's menu.
 */
export class EditorContext implements vscode.Disposable {
  readonly #gate: ContextGate;
  readonly #timings: UpdateTimings;
  readonly #verdicts: ReadVerdicts;
  readonly #listener: vscode.Disposable;
  #watch: Watch | undefined;

  constructor(gate: ContextGate, timings: UpdateTimings = UPDATE_TIMINGS) {
    this.#gate = gate;
    this.#timings = timings;
    this.#verdicts = new ReadVerdicts(gate);
    // Also while no session runs: the gate looks at the disk, and a session is told all that is known when it begins.
    this.#listener = vscode.window.onDidChangeActiveTextEditor(() => void this.prepare());
    void this.prepare();
  }

  /** Resolves when it is known whether what is open may be told: a session that begins then is told all of it at once. */
  async prepare(): Promise<void> {
    const editor = shownEditor();
    if (editor !== undefined) await this.#verdicts.judge(fileOf(editor.document));
  }

  /** A session begins: it is told how things stand, and what changes from then on. */
  begins(session: Pick<LiveSession, 'tell'>): void {
    this.ends();
    this.#watch = new Watch(this.#gate, this.#timings, this.#verdicts, session);
  }

  /** The person begins to ask: what is not told yet is told now. */
  tell(): void {
    this.#watch?.tell('all');
  }

  ends(): void {
    this.#watch?.dispose();
    this.#watch = undefined;
  }

  dispose(): void {
    this.ends();
    this.#listener.dispose();
    this.#verdicts.dispose();
  }
}

/** The editor as one session is told of it. */
class Watch implements vscode.Disposable {
  readonly #gate: ContextGate;
  readonly #verdicts: ReadVerdicts;
  readonly #session: Pick<LiveSession, 'tell'>;
  readonly #updates: ContextUpdates;
  readonly #listener: vscode.Disposable;
  /** The document whose visible lines were quoted last. */
  #quoted: string | undefined;

  constructor(gate: ContextGate, timings: UpdateTimings, verdicts: ReadVerdicts, session: Pick<LiveSession, 'tell'>) {
    this.#gate = gate;
    this.#verdicts = verdicts;
    this.#session = session;
    this.#updates = new ContextUpdates((change) => this.tell(change), timings);
    this.#listener = verdicts.onDidChange(() => this.tell('all'));
    this.tell('all');
  }

  tell(change: EditorChange | 'all'): void {
    if (change === 'all') this.#updates.forget();
    const document = shownEditor()?.document;
    const shown = document?.uri.toString();
    // Where a person only moves about, what they see is told by its line numbers until they ask something.
    const quoteVisible = change === 'all' || shown !== this.#quoted;
    if (document !== undefined && change !== 'drift') void this.#verdicts.judge(fileOf(document));
    const description = describeEditor({
      gate: this.#gate,
      verdictOn: (file) => this.#verdicts.of(file),
      budget: BUDGET_TOKENS * CHARACTERS_PER_TOKEN,
      quoteVisible,
    });
    if (quoteVisible) this.#quoted = description.visible === undefined ? undefined : shown;
    // The session sends only what differs from what it was told before.
    for (const topic of EDITOR_TOPICS) this.#session.tell(`editor.${topic}`, description[topic]);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#updates.dispose();
  }
}
