import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** As code-server and Codespaces put before a forwarded port. */
const PREFIX = '/proxy/5555';

export interface PrefixProxy {
  /** Where the page is reached. */
  readonly address: string;
  /** What was asked for outside the prefix. */
  readonly refused: readonly string[];
  stop(): Promise<void>;
}

/** Stands before a server and takes the prefix off; Host and Origin stay as the browser sent them. */
export async function startPrefixProxy(targetPort: number): Promise<PrefixProxy> {
  const refused: string[] = [];
  const sockets = new Set<Duplex>();
  const behind = (url = ''): string | undefined => {
    if (url.startsWith(`${PREFIX}/`)) return url.slice(PREFIX.length);
    refused.push(url);
    return undefined;
  };
  const server = createServer((incoming, outgoing) => {
    const path = behind(incoming.url);
    if (path === undefined) return void outgoing.writeHead(404).end();
    const { method, headers } = incoming;
    const upstream = request({ host: '127.0.0.1', port: targetPort, method, path, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    upstream.on('error', () => outgoing.destroy());
    incoming.pipe(upstream);
  });
  server.on('upgrade', (incoming, socket, head) => {
    const path = behind(incoming.url);
    if (path === undefined) return void socket.destroy();
    const upstream = connect(targetPort, '127.0.0.1', () => {
      const lines = [`GET ${path} HTTP/1.1`];
      for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
        lines.push(`${incoming.rawHeaders[at] ?? ''}: ${incoming.rawHeaders[at + 1] ?? ''}`);
      }
      upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const one of [socket, upstream]) {
      sockets.add(one);
      one.on('error', () => one.destroy());
      one.once('close', () => {
        socket.destroy();
        upstream.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a pipe's.
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${PREFIX}/`,
    refused,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
