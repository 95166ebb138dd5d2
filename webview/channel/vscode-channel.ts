import type { FromSurface } from '../../src/protocol/messages.ts';
import type { Channel } from './channel.ts';
import { Incoming, type Receivers } from './incoming.ts';

/** What is used of the object that `acquireVsCodeApi` gives. */
export interface VsCodePort {
  postMessage(message: unknown): void;
}

/** The panel's line: `postMessage` between the webview and the extension host. */
export class VsCodeChannel implements Channel {
  readonly #port: VsCodePort;
  readonly #incoming = new Incoming();
  readonly #listening = new AbortController();

  constructor(port: VsCodePort) {
    this.#port = port;
    const { signal } = this.#listening;
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#incoming.deliver(data), { signal });
  }

  post(message: FromSurface): void {
    this.#port.postMessage(message);
  }

  /** Within one computer, or over VS Code's own line, whose state it keeps to itself. */
  mayPostFrame(): boolean {
    return true;
  }

  listen(receivers: Partial<Receivers>): void {
    this.#incoming.listen(receivers);
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
