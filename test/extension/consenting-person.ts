import * as vscode from 'vscode';

/** A modal question, as the person reads it. */
export interface Question {
  readonly title: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/**
 * Reads and answers what VS Code asks before something is changed or run, in the place of a person: an extension cannot press
 * VS Code's own buttons, and under test VS Code shows no modal question at all.
 */
export class ConsentingPerson implements vscode.Disposable {
  readonly asked: Question[] = [];
  /** Sentences of notifications, in order. */
  readonly read: string[] = [];
  /** The button that is pressed; undefined: the question is closed; a promise: they think about it. */
  answer: (question: Question) => string | undefined | Promise<string | undefined> = () => undefined;
  readonly #told = new vscode.EventEmitter<void>();
  readonly #real: Readonly<Partial<typeof vscode.window>>;

  constructor() {
    const { showErrorMessage, showInformationMessage, showWarningMessage } = vscode.window;
    this.#real = { showErrorMessage, showInformationMessage, showWarningMessage };
    const message = (sentence: string, ...rest: readonly unknown[]): Promise<string | undefined> => {
      const [options, ...buttons] = rest;
      const isModal = typeof options === 'object' && options !== null && 'modal' in options;
      if (!isModal) {
        this.read.push(sentence);
        this.#told.fire();
        return Promise.resolve(undefined);
      }
      const detail = 'detail' in options && typeof options.detail === 'string' ? options.detail : '';
      const question = { title: sentence, detail, buttons: buttons.filter((one) => typeof one === 'string') };
      this.asked.push(question);
      this.#told.fire();
      return Promise.resolve(this.answer(question));
    };
    // The overloads with items that are no texts are not used by Talkthrough.
    Object.assign(vscode.window, {
      showErrorMessage: message,
      showInformationMessage: message,
      showWarningMessage: message,
    });
  }

  /** Presses the button of that name wherever there is one. */
  agree(button?: string): void {
    this.answer = ({ buttons }) => (button === undefined ? buttons[0] : buttons.find((one) => one === button));
  }

  /** Resolves when so many questions have been asked; the suite's time-out bounds it. */
  async isAsked(times = 1): Promise<Question> {
    for (;;) {
      const question = this.asked[times - 1];
      if (question !== undefined) return question;
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
}
