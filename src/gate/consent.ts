import * as vscode from 'vscode';
import { LATE_ANSWERS } from '../problems/decision-problems.ts';
import { visible } from './visible.ts';

export interface ConsentAction {
  readonly kind: 'change' | 'run';
  /** A question, as `Run the task "build"?` */
  readonly title: string;
  /** Exactly what will happen. */
  readonly detail: string;
  /** What the person presses to let it happen. */
  readonly button: string;
  /** Offered for named tasks only: `key` is remembered for this workspace, `label` is the second button. */
  readonly always?: { readonly key: string; readonly label: string };
}

export type ConsentAnswer = 'yes' | 'no' | 'refused';

const ALLOWED = 'talkthrough.allowedTasks';

/** Asks the person, one thing at a time: two questions at once would be answered without being read. */
export class Consent {
  readonly #memory: vscode.Memento;
  readonly #workspace: Pick<typeof vscode.workspace, 'isTrusted'>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(memory: vscode.Memento, workspace: Pick<typeof vscode.workspace, 'isTrusted'>) {
    this.#memory = memory;
    this.#workspace = workspace;
  }

  /** @returns `refused` where nobody may be asked; `no` also when nobody waits for the answer any more */
  async ask(action: ConsentAction, signal: AbortSignal): Promise<ConsentAnswer> {
    if (!this.#workspace.isTrusted) return 'refused';
    if (signal.aborted) return 'no';
    if (this.#isAllowed(action)) return 'yes';
    const asked = this.#last.then(() => this.#show(action, signal));
    this.#last = asked.catch(() => undefined);
    return Promise.race([asked, aborted(signal)]);
  }

  async #show(action: ConsentAction, signal: AbortSignal): Promise<ConsentAnswer> {
    if (isAborted(signal)) return 'no';
    const { title, detail, button } = action;
    const always = action.kind === 'run' ? action.always : undefined;
    const options = { modal: true, detail: visible(detail) };
    const buttons = always === undefined ? [button] : [button, always.label];
    const pressed = await vscode.window.showWarningMessage(visible(title), options, ...buttons);
    if (pressed === undefined) return 'no';
    if (isAborted(signal)) {
      // A question cannot be taken from the screen: an answer that comes too late does nothing, and says so.
      void vscode.window.showInformationMessage(LATE_ANSWERS[action.kind]());
      return 'no';
    }
    if (!this.#workspace.isTrusted) return 'no';
    if (always !== undefined && pressed === always.label) {
      await this.#memory.update(ALLOWED, [...this.#allowed().filter((key) => key !== always.key), always.key]);
    }
    return 'yes';
  }

  #isAllowed({ kind, always }: ConsentAction): boolean {
    return kind === 'run' && always !== undefined && this.#allowed().includes(always.key);
  }

  #allowed(): readonly string[] {
    return this.#memory.get<readonly string[]>(ALLOWED, []);
  }
}

/** A property that changes while something is waited for. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

function aborted(signal: AbortSignal): Promise<'no'> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve('no'), { once: true });
  });
}
