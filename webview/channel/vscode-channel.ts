import type { FromSurface, ToSurface } from '../../src/protocol/messages.ts';
import type { Channel } from './channel.ts';
import { isToSurface } from './incoming.ts';

/** What is used of the object that `acquireVsCodeApi` gives. */
export interface VsCodePort {
  postMessage(message: unknown): void;
}

/** The panel's line: `postMessage` between the webview and the extension host. */
export class VsCodeChannel implements Channel {
  readonly #port: VsCodePort;
  readonly #listening = new AbortController();

  constructor(port: VsCodePort) {
    this.#port = port;
  }

  post(message: FromSurface): void {
    this.#port.postMessage(message);
  }

  /** Within one computer, or over VS Code's own line, whose state it keeps to itself. */
  mayPostFrame(): boolean {
    return true;
  }

  onMessage(listener: (message: ToSurface) => void): () => void {
    const receive = (event: MessageEvent<unknown>): void => {
      if (isToSurface(event.data)) listener(event.data);
    };
    window.addEventListener('message', receive, { signal: this.#listening.signal });
    return () => window.removeEventListener('message', receive);
  }

  /** VS Code keeps the line for as long as the webview lives. */
  onLine(listener: (up: boolean) => void): () => void {
    listener(true);
    return () => undefined;
  }

  dispose(): void {
    this.#listening.abort();
  }
}
