import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { panelHtml } from '../../../src/surface/panel-html.ts';
import { buildWebBundle } from './web-bundle.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** How VS Code keeps its webviews on the desktop from capturing. */
const WITHOUT_CAPTURE = { 'permissions-policy': 'microphone=(), camera=(), display-capture=()' };

interface Served {
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Site {
  /** The panel's own document, the built files beside it, on 127.0.0.1. At `/without-capture` it may not capture. */
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the web bundle with the product's own build script and serves it as VS Code does: real document, real policy. */
export async function openSite(): Promise<Site> {
  const folder = await buildWebBundle();
  const server = createServer((request, response) => {
    void serve(new URL(request.url ?? '/', url).pathname).then(
      ({ type, body, headers }) =>
        response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, ...headers }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is never a pipe's.
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  async function serve(path: string): Promise<Served> {
    if (path === '/' || path === '/without-capture') {
      const nonce = randomBytes(18).toString('base64');
      const body = panelHtml({ cspSource: url, nonce, assets: url });
      return path === '/' ? { type: 'text/html', body } : { type: 'text/html', body, headers: WITHOUT_CAPTURE };
    }
    const name = path.slice(1);
    if (!/^[\w.-]+$/.test(name)) throw new Error(`Not a file of the bundle: ${name}`);
    return { type: TYPES[extname(name)] ?? 'text/plain', body: await readFile(join(folder, name)) };
  }

  return {
    url,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
