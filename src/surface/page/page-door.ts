import * as vscode from 'vscode';
import type { WebSocket } from 'ws';
import { PAGE_CLOSE } from '../../protocol/page-line.ts';
import { Admission, type Pass } from './admission.ts';
import { readPageFiles } from './page-files.ts';
import { PageServer } from './page-server.ts';
import { PageSurface, readLine } from './page-surface.ts';
import { RequestGuard } from './request-guard.ts';

/** A socket that has not said who it is within this time is nobody's. */
const HELLO_WITHIN_MS = 5_000;
/** The longest first message; a token or secret has 43 characters. */
const MAX_HELLO_BYTES = 200;

const PORT_KEY = 'talkthrough.page.port';

/** What is open while a session wants the page. */
interface OpenDoor {
  readonly server: PageServer;
  readonly guard: RequestGuard;
  readonly admission: Admission;
  readonly port: number;
}

/**
 * The way for the person's browser to reach this window: a server on the loopback address that lives while a session wants
 * it, and lets in one page at a time.
 */
export class PageDoor implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #log: vscode.LogOutputChannel;
  readonly #letIn = new vscode.EventEmitter<PageSurface>();
  /** A page was let in. */
  readonly onDidLetIn = this.#letIn.event;
  #opening: Promise<OpenDoor> | undefined;
  /** Who may come in now; nobody once it is closed, though sockets may still say their first word. */
  #admission: Admission | undefined;
  #page: PageSurface | undefined;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.#context = context;
    this.#log = log;
  }

  /** Whether a page is joined now. */
  get hasPage(): boolean {
    return this.#page !== undefined;
  }

  /**
   * The address to open in the person's browser, good once and for two minutes, as this machine knows it. Whoever opens it
   * resolves it for a remote window (`env.openExternal` does so by itself, and must not be given a resolved one). It is
   * made anew each time, since where a port is forwarded to may change.
   */
  async address(): Promise<vscode.Uri> {
    const { guard, admission, port } = await this.#opened();
    const local = vscode.Uri.parse(`http://127.0.0.1:${port}/`);
    const external = await vscode.env.asExternalUri(local);
    guard.allow(port, new URL(external.toString(true)));
    return local.with({ fragment: `t=${admission.mint()}` });
  }

  /** Ends the page, quietly, and the server with it. */
  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    this.#admission = undefined;
    this.#page?.close(PAGE_CLOSE.ended);
    this.#page = undefined;
    const door = await opening?.catch(() => undefined);
    await door?.server.close();
  }

  dispose(): void {
    void this.close();
    this.#letIn.dispose();
  }

  /** Open from the first call on, until it is closed. Where opening failed, the next call tries anew. */
  async #opened(): Promise<OpenDoor> {
    const opening = (this.#opening ??= this.#open());
    try {
      return await opening;
    } catch (cause) {
      if (this.#opening === opening) this.#opening = undefined;
      throw cause;
    }
  }

  async #open(): Promise<OpenDoor> {
    const context = this.#context;
    const log = this.#log;
    const web = vscode.Uri.joinPath(context.extensionUri, 'dist', 'web');
    const guard = new RequestGuard();
    // At once: a close that comes while this opens closes this.
    const admission = (this.#admission = new Admission());
    const server = new PageServer({
      files: await readPageFiles(web),
      guard,
      onSocket: (socket) => this.#meet(socket, admission),
    });
    // The same port each time, so that the browser remembers what the person allowed the page.
    const port = await server.listen(context.workspaceState.get<number>(PORT_KEY, 0));
    await context.workspaceState.update(PORT_KEY, port).then(undefined, (cause: unknown) => {
      log.warn(`page: its port is not remembered (${String(cause)})`);
    });
    log.info('page: the server is up');
    return { server, guard, admission, port };
  }

  /** A socket of our own page says who it is, at once and in one message, or is closed. */
  #meet(socket: WebSocket, admission: Admission): void {
    const timer = setTimeout(() => socket.terminate(), HELLO_WITHIN_MS);
    socket.once('close', () => clearTimeout(timer));
    socket.on('error', () => socket.terminate());
    socket.once('message', (data: Buffer, isBinary) => {
      clearTimeout(timer);
      if (admission !== this.#admission) {
        socket.close(PAGE_CLOSE.ended);
        return;
      }
      const pass = isBinary && data.byteLength <= MAX_HELLO_BYTES ? passOf(data) : undefined;
      const secret = pass && admission.admit(pass);
      if (secret === undefined) {
        this.#log.warn('page: a page was not let in');
        socket.close(PAGE_CLOSE.notAdmitted);
        return;
      }
      this.#admit(socket, secret);
    });
  }

  #admit(socket: WebSocket, secret: string): void {
    this.#page?.close(PAGE_CLOSE.superseded);
    const page = new PageSurface(socket, secret, this.#log);
    this.#page = page;
    page.onDidClose(() => {
      if (this.#page === page) this.#page = undefined;
    });
    this.#letIn.fire(page);
  }
}

function passOf(data: Buffer): Pass | undefined {
  const line = readLine(data);
  if (line?.type === 'hello') return { token: line.token };
  if (line?.type === 'helloAgain') return { secret: line.secret };
  return undefined;
}
