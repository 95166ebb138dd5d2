import * as vscode from 'vscode';
import type { SessionView } from '../protocol/session-view.ts';
import type { SurfaceHub } from '../surface/hub.ts';
import type { SessionController } from '../talk/session-controller.ts';
import type { Commands } from './commands.ts';

/** Says a new problem in a notification when no surface is there to show it. */
export class ProblemNotifications implements vscode.Disposable {
  readonly #hub: SurfaceHub;
  readonly #commands: Pick<Commands, 'carryOut'>;
  readonly #listener: vscode.Disposable;
  #known: ReadonlySet<string> = new Set();

  constructor(controller: SessionController, hub: SurfaceHub, commands: Pick<Commands, 'carryOut'>) {
    this.#hub = hub;
    this.#commands = commands;
    this.#listener = controller.onDidChange((view) => this.#notice(view));
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
        if (button !== undefined) void this.#commands.carryOut(button.action);
      });
    }
    this.#known = new Set(problems.map(({ code }) => code));
  }
}
