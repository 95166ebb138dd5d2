import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** What the proxy does besides forwarding. */
export interface ProxyPlan {
  /** The server behind it listens on this port of 127.0.0.1. */
  readonly targetPort: number;
  /** Added to every response, in place of the server's own headers of these (lower-case) names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** JavaScript modules the proxy answers itself, by the end of their path. */
  readonly modules?: Readonly<Record<string, string>>;
}

export interface ForwardingProxy {
  readonly port: number;
  stop(): Promise<void>;
}

/** Stands in front of a server and forwards HTTP and WebSockets to it; Host and Origin pass through as they are. */
export async function startForwardingProxy(plan: ProxyPlan): Promise<ForwardingProxy> {
  const sockets = new Set<Duplex>();
  const server = createServer((incoming, outgoing) => answer(plan, incoming, outgoing));
  server.on('upgrade', (incoming, socket, head) => {
    const upstream = forwardUpgrade(plan.targetPort, incoming, socket, head);
    for (const one of [socket, upstream]) {
      sockets.add(one);
      one.once('close', () => sockets.delete(one));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy listens on no port.');
  return {
    port: address.port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(plan: ProxyPlan, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const path = incoming.url?.split('?', 1)[0] ?? '';
  const module = Object.entries(plan.modules ?? {}).find(([end]) => path.endsWith(end))?.[1];
  if (module === undefined) forward(plan, incoming, outgoing);
  else outgoing.writeHead(200, { 'content-type': 'text/javascript', ...plan.headers }).end(module);
}

function forward({ targetPort, headers: added }: ProxyPlan, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const upstream = request({ host: '127.0.0.1', port: targetPort, method, path: url, headers }, (response) => {
    // What VS Code itself forwards to other ports is not VS Code's page, and is under no policy of its.
    const policy = /^\/(abs)?proxy\/\d+\//.test(url ?? '') ? {} : added;
    outgoing.writeHead(response.statusCode ?? 502, { ...response.headers, ...policy });
    response.pipe(outgoing);
  });
  upstream.on('error', () => {
    if (!outgoing.headersSent) outgoing.writeHead(502);
    outgoing.end();
  });
  outgoing.on('close', () => upstream.destroy());
  incoming.pipe(upstream);
}

function forwardUpgrade(port: number, incoming: IncomingMessage, socket: Duplex, head: Buffer): Socket {
  const upstream = connect(port, '127.0.0.1', () => {
    const lines = [`${incoming.method ?? 'GET'} ${incoming.url ?? '/'} HTTP/1.1`];
    for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
      lines.push(`${incoming.rawHeaders[at] ?? ''}: ${incoming.rawHeaders[at + 1] ?? ''}`);
    }
    upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    upstream.pipe(socket);
    socket.pipe(upstream);
  });
  const end = (): void => {
    upstream.destroy();
    socket.destroy();
  };
  for (const one of [upstream, socket]) one.on('error', end).on('close', end);
  return upstream;
}
