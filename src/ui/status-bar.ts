import * as vscode from 'vscode';
import type { SessionController } from '../talk/session-controller.ts';
import { statusLabel, type Label } from './status-label.ts';

/** The item in the status bar. It opens the quick menu. */
export class StatusBar implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #listeners: vscode.Disposable[];

  constructor(controller: SessionController) {
    const { shares } = controller.parts;
    this.#item = vscode.window.createStatusBarItem('talkthrough.state', vscode.StatusBarAlignment.Right, 50);
    this.#item.name = 'Talkthrough';
    this.#item.command = 'talkthrough.menu';
    const render = (): void => this.#render(statusLabel(controller.view, shares.view));
    this.#listeners = [controller.onDidChange(render), shares.onDidChange(render)];
    render();
    this.#item.show();
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#item.dispose();
  }

  #render({ text, tooltip, background }: Label): void {
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.backgroundColor = background === undefined ? undefined : new vscode.ThemeColor(background);
    this.#item.accessibilityInformation = { label: `Talkthrough: ${text.replace(/\$\([^)]*\)\s*/g, '')}. ${tooltip}` };
  }
}
