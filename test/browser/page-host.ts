import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WebSocket } from 'ws';
import type { FromSurface, ToSurface } from '../../src/protocol/messages.ts';
import { PAGE_CLOSE } from '../../src/protocol/page-line.ts';
import type { SessionView } from '../../src/protocol/session-view.ts';
import { Admission } from '../../src/surface/page/admission.ts';
import type { PageFile } from '../../src/surface/page/page-files.ts';
import { PAGE_HTML } from '../../src/surface/page/page-html.ts';
import { PageServer } from '../../src/surface/page/page-server.ts';
import { RequestGuard } from '../../src/surface/page/request-guard.ts';
import { Changes } from './page-scripts/changes.ts';
import { PageVisit } from './page-visit.ts';
import { session } from './preview/scenes.ts';
import { buildWebBundle } from './preview/web-bundle.ts';

const FILES: Readonly<Record<string, string>> = {
  'surface.js': 'text/javascript',
  'surface.css': 'text/css',
  'codicon.ttf': 'font/ttf',
  'microphone.worklet.js': 'text/javascript',
  'speaker.worklet.js': 'text/javascript',
  'picture.worker.js': 'text/javascript',
};

/**
 * The extension host's side of the page as far as it runs without VS Code: the product's own server, guard and admission,
 * its real document and bundle, and a session that is told by the test. What the page reports is shown back to it, as the
 * product does.
 */
export class PageHost {
  readonly changes = new Changes();
  /** Every socket that came, in order; the last that was let in is the page. */
  readonly visits: PageVisit[] = [];
  session: SessionView = session({ phase: 'listening', startedAtMs: Date.now() }).session;
  devices: { readonly microphone: string; readonly loudspeaker: string; readonly camera?: string } = {
    microphone: '',
    loudspeaker: '',
  };
  /** What the page is told when it joins, after its roles. */
  greeting: readonly ToSurface[] = [{ type: 'workspaceName', workspace: 'shop' }];
  /** When each frame of a share was captured, by this process's clock, milliseconds: a little late by its way here. */
  readonly capturedAtMs: number[] = [];
  /** What the microphone should do from the start. */
  wanted: 'off' | 'muted' | 'on' = 'off';
  readonly #files: ReadonlyMap<string, PageFile>;
  #admission = new Admission();
  #server: PageServer | undefined;
  #port = 0;

  private constructor(files: ReadonlyMap<string, PageFile>) {
    this.#files = files;
  }

  static async open(): Promise<PageHost> {
    files ??= readFiles();
    const host = new PageHost(await files);
    await host.start();
    return host;
  }

  get port(): number {
    return this.#port;
  }

  /** The page's address with a fresh token. */
  newAddress(base = `http://127.0.0.1:${this.#port}/`): string {
    return `${base}#t=${this.#admission.mint()}`;
  }

  /** The page that is let in. */
  get page(): PageVisit {
    const page = this.visits.findLast((visit) => visit.welcomed && !visit.gone);
    if (page === undefined) throw new Error('No page is joined');
    return page;
  }

  /** Settles with the `count`th visit that was let in, once it has joined. */
  untilJoined(count = 1): Promise<PageVisit> {
    return this.changes.until(() => {
      const visit = this.visits.filter(({ welcomed }) => welcomed)[count - 1];
      return visit?.received.some(({ type }) => type === 'join') === true ? visit : undefined;
    });
  }

  /**
   * Begins to listen, on the same port as before where there was one.
   *
   * @param external what else the page may be called, where something stands between it and the browser
   */
  async start(external = `http://127.0.0.1:${this.#port}/`): Promise<void> {
    const guard = new RequestGuard();
    this.#server = new PageServer({ files: this.#files, guard, onSocket: (socket) => this.#visited(socket) });
    this.#port = await this.#server.listen(this.#port);
    guard.allow(this.#port, new URL(external));
  }

  /** VS Code is gone: nobody listens any more. */
  async stop(): Promise<void> {
    for (const visit of this.visits) visit.cut();
    await this.#server?.close();
  }

  /** As after a restart of VS Code: nothing that let a page in before does so now. */
  forgetPages(): void {
    this.#admission = new Admission();
  }

  #visited(socket: WebSocket): void {
    const visit = new PageVisit(socket, {
      admit: (pass) => this.#admission.admit(pass),
      onWelcomed: () => {
        for (const other of this.visits) if (other !== visit && !other.gone) other.close(PAGE_CLOSE.superseded);
      },
      onMessage: (message) => this.#heard(visit, message),
      onChange: () => this.changes.announce(),
    });
    this.visits.push(visit);
    this.changes.announce();
  }

  #heard(visit: PageVisit, message: FromSurface): void {
    switch (message.type) {
      case 'join':
        this.#greet(visit);
        return;
      case 'microphoneState':
        this.session = { ...this.session, microphone: message.state };
        visit.post({ type: 'session', session: this.session });
        return;
      case 'microphoneChunk':
        visit.post({ type: 'level', level: message.level });
        return;
      case 'speakerLocked':
        this.session = { ...this.session, speaker: { ...this.session.speaker, locked: message.locked } };
        visit.post({ type: 'session', session: this.session });
        return;
      case 'frame':
        this.capturedAtMs.push(performance.now() - message.ageMs);
        return;
      case 'chooseDevice':
        this.devices = { ...this.devices, [message.device]: message.label };
        visit.post({ type: 'devices', camera: '', ...this.devices });
        return;
      default:
    }
  }

  #greet(visit: PageVisit): void {
    visit.post({ type: 'roles', view: true, media: true });
    for (const message of this.greeting) visit.post(message);
    visit.post({ type: 'devices', camera: '', ...this.devices });
    visit.post({ type: 'session', session: this.session });
    visit.post({ type: 'conversation', reset: true, entries: [] });
    visit.post({ type: 'microphone', wanted: this.wanted, processing: false, attempt: 0 });
  }
}

let files: Promise<ReadonlyMap<string, PageFile>> | undefined;

/** All that the page's server answers, built once for all suites. */
async function readFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const folder = await buildWebBundle();
  const read = Object.entries(FILES).map(async ([name, type]): Promise<[string, PageFile]> => {
    return [`/${name}`, { type, body: await readFile(join(folder, name)) }];
  });
  const html: [string, PageFile] = ['/', { type: 'text/html; charset=utf-8', body: Buffer.from(PAGE_HTML) }];
  return new Map([html, ...(await Promise.all(read))]);
}
