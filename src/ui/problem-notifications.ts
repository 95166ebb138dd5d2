import * as vscode from 'vscode';
import type { ProblemAction, SessionView } from '../protocol/session-view.ts';
import type { SurfaceHub } from '../surface/hub.ts';
import type { SessionController } from '../talk/session-controller.ts';

/** Says a new problem in a notification when no surface is there to show it. */
export class ProblemNotifications implements vscode.Disposable {
  readonly #hub: SurfaceHub;
  readonly #carryOut: (action: ProblemAction) => void;
  readonly #listener: vscode.Disposable;
  #known: ReadonlySet<string> = new Set();

  constructor(talk: SessionController, hub: SurfaceHub, carryOut: (action: ProblemAction) => void) {
    this.#hub = hub;
    this.#carryOut = carryOut;
    this.#listener = talk.onDidChange((view) => this.#notice(view));
  }

  dispose(): void {
    this.#listener.dispose();
  }

  #notice({ problems }: SessionView): void {
    for (const { code, kind, sentence, buttons } of problems) {
      if (this.#known.has(code) || this.#hub.visible) continue;
      const { showErrorMessage, showInformationMessage } = vscode.window;
      const show = kind === 'question' ? showInformationMessage : showErrorMessage;
      void show(sentence, ...buttons.map(({ label }) => label)).then((label) => {
        const button = buttons.find((one) => one.label === label);
        if (button !== undefined) this.#carryOut(button.action);
      });
    }
    this.#known = new Set(problems.map(({ code }) => code));
  }
}
