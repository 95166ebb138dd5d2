import * as vscode from 'vscode';

/**
 * Answers VS Code's questions in the place of a person: notifications by the label of a button, lists by the label of an
 * item. Without an answer a question is closed. VS Code has no way for an extension to press its own buttons.
 */
export class AnsweringPerson implements vscode.Disposable {
  /** Sentences of notifications, in order. */
  readonly read: string[] = [];
  /** Labels of the lists that were offered, in order. */
  readonly offered: (readonly string[])[] = [];
  /** The label that is chosen from the next question which has it. */
  answer: string | undefined;
  readonly #told = new vscode.EventEmitter<void>();
  readonly #real: Readonly<Partial<typeof vscode.window>>;

  constructor() {
    const { showErrorMessage, showInformationMessage, showQuickPick } = vscode.window;
    this.#real = { showErrorMessage, showInformationMessage, showQuickPick };
    const notification = (sentence: string, ...labels: string[]): Promise<string | undefined> => {
      this.read.push(sentence);
      this.#told.fire();
      return Promise.resolve(this.#take(labels));
    };
    const list = (items: readonly vscode.QuickPickItem[]): Promise<vscode.QuickPickItem | undefined> => {
      const labels = items.map(({ label }) => label);
      this.offered.push(labels);
      const label = this.#take(labels);
      return Promise.resolve(items.find((item) => item.label === label));
    };
    // The overloads that take options are not used by Talkthrough.
    Object.assign(vscode.window, {
      showErrorMessage: notification,
      showInformationMessage: notification,
      showQuickPick: list,
    });
  }

  /** Resolves with the first sentence that matches; the suite's time-out bounds it. */
  async reads(about: RegExp): Promise<string> {
    for (;;) {
      const found = this.read.find((sentence) => about.test(sentence));
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const listener = this.#told.event(() => {
          listener.dispose();
          resolve();
        });
      });
    }
  }

  dispose(): void {
    Object.assign(vscode.window, this.#real);
    this.#told.dispose();
  }

  #take(labels: readonly string[]): string | undefined {
    const { answer } = this;
    if (answer === undefined || !labels.includes(answer)) return undefined;
    this.answer = undefined;
    return answer;
  }
}
