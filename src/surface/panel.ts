import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { readFromSurface } from '../protocol/from-surface.ts';
import type { FromSurface, ToSurface } from '../protocol/messages.ts';
import { panelHtml } from './panel-html.ts';
import { withPlainBytes } from './plain-bytes.ts';
import type { SurfaceHub } from './hub.ts';
import type { Surface } from './surface.ts';

export const CONVERSATION_VIEW = 'talkthrough.conversation';

/**
 * Makes a surface of each webview VS Code asks for, and gives it to the hub. A view that is moved to another place is closed
 * and asked for again: everything inside it is lost, which is why it holds nothing.
 */
export class PanelProvider implements vscode.WebviewViewProvider {
  readonly #extensionUri: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;
  readonly #hub: SurfaceHub;
  #view: vscode.WebviewView | undefined;
  /** What stands beside the view's title; empty while nothing is shared. */
  #marker = '';

  constructor(extensionUri: vscode.Uri, log: vscode.LogOutputChannel, hub: SurfaceHub) {
    this.#extensionUri = extensionUri;
    this.#log = log;
    this.#hub = hub;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const web = vscode.Uri.joinPath(this.#extensionUri, 'dist', 'web');
    this.#view = view;
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = undefined;
    });
    this.mark(this.#marker);
    view.webview.options = { enableScripts: true, localResourceRoots: [web] };
    this.#hub.add(new Panel(view, this.#log));
    view.webview.html = panelHtml({
      cspSource: view.webview.cspSource,
      nonce: randomBytes(18).toString('base64'),
      assets: view.webview.asWebviewUri(web).toString(),
    });
  }

  /** What is captured is said beside the view's title and on its icon, whatever the view itself shows. */
  mark(marker: string): void {
    this.#marker = marker;
    if (this.#view === undefined) return;
    this.#view.description = marker;
    this.#view.badge = marker === '' ? undefined : { value: 1, tooltip: marker };
  }
}

class Panel implements Surface {
  readonly kind = 'panel';
  readonly #view: vscode.WebviewView;
  readonly #received = new vscode.EventEmitter<FromSurface>();
  readonly #closed = new vscode.EventEmitter<void>();
  readonly onDidReceive = this.#received.event;
  readonly onDidClose = this.#closed.event;
  readonly #listeners: vscode.Disposable[];
  #gone = false;

  constructor(view: vscode.WebviewView, log: vscode.LogOutputChannel) {
    this.#view = view;
    this.#listeners = [
      view.webview.onDidReceiveMessage((raw: unknown) => {
        const read = readFromSurface(raw);
        if ('message' in read) this.#received.fire(read.message);
        else log.warn(`panel: a message was refused (${read.complaint})`);
      }),
      view.onDidDispose(() => this.#close()),
    ];
  }

  get visible(): boolean {
    return !this.#gone && this.#view.visible;
  }

  post(message: ToSurface): void {
    // Nobody sees the meter of a hidden view.
    if (this.#gone || (message.type === 'level' && !this.visible)) return;
    void this.#view.webview.postMessage(withPlainBytes(message));
  }

  dispose(): void {
    this.#close();
  }

  #close(): void {
    if (this.#gone) return;
    this.#gone = true;
    for (const listener of this.#listeners) listener.dispose();
    this.#closed.fire();
    this.#received.dispose();
    this.#closed.dispose();
  }
}
