import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { SECURITY_HEADERS } from '../../../src/surface/page/page-html.ts';
import { PageServer } from '../../../src/surface/page/page-server.ts';
import { RequestGuard } from '../../../src/surface/page/request-guard.ts';

const FILES = new Map([
  ['/', { type: 'text/html; charset=utf-8', body: Buffer.from('<!DOCTYPE html>') }],
  ['/surface.js', { type: 'text/javascript; charset=utf-8', body: Buffer.from('export {};') }],
]);

describe('the page server', () => {
  let server: PageServer;
  let port: number;
  let sockets: WebSocket[];

  beforeEach(async () => {
    sockets = [];
    const guard = new RequestGuard();
    server = new PageServer({ files: FILES, guard, onSocket: (socket) => sockets.push(socket) });
    port = await server.listen(0);
    guard.allow(port, new URL('https://tunnel.example/proxy/5555/'));
  });
  afterEach(() => server.close());

  function ask(path: string, options: RequestOptions = {}): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, ...options }, (response) => {
        response.resume();
        resolve(response);
      });
      asked.on('error', reject);
      asked.end();
    });
  }

  /** How the opening of a WebSocket ends: open, or refused with a status. */
  async function knock(headers: Record<string, string>, path = '/socket'): Promise<number | 'open'> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    return new Promise((resolve) => {
      socket.on('open', () => {
        socket.terminate();
        resolve('open');
      });
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => undefined);
    });
  }

  const own = () => ({ origin: `http://127.0.0.1:${port}` });

  it('gives its own files with every protecting header', async () => {
    const response = await ask('/');
    assert.equal(response.statusCode, 200);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      assert.equal(response.headers[name.toLowerCase()], value, name);
    }
    assert.doesNotMatch(SECURITY_HEADERS['Content-Security-Policy'] ?? '', /unsafe/);
    assert.equal((await ask('/surface.js')).headers['content-type'], 'text/javascript; charset=utf-8');
  });

  const strangers = [
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '//etc/passwd',
    '/surface.js/../../package.json',
    '/surface.js%00.css',
    '/surface.js?token=x',
    '/SURFACE.JS',
    '/\\..\\package.json',
    '/.env',
    'http://127.0.0.1/surface.js',
  ];
  for (const path of strangers) {
    it(`has nothing at ${path}`, async () => assert.equal((await ask(path)).statusCode, 404));
  }

  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
    it(`does not answer ${method}`, async () => assert.equal((await ask('/', { method })).statusCode, 405));
  }

  it('answers nobody who calls it by a name that is not its own', async () => {
    for (const host of ['attacker.example', `attacker.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`]) {
      assert.equal((await ask('/', { headers: { host } })).statusCode, 421, host);
      assert.equal(await knock({ ...own(), host }), 421, host);
    }
    assert.equal((await ask('/', { headers: { host: `localhost:${port}` } })).statusCode, 200);
    assert.equal((await ask('/', { headers: { host: 'tunnel.example' } })).statusCode, 200);
  });

  it('opens its socket to its own page only', async () => {
    assert.equal(await knock(own()), 'open');
    assert.equal(await knock({ origin: 'https://tunnel.example', host: 'tunnel.example' }), 'open');
    const foreign = [
      'https://attacker.example',
      'null',
      'file://',
      `http://127.0.0.1:${port + 1}`,
      `https://127.0.0.1:${port}`,
    ];
    for (const origin of foreign) assert.equal(await knock({ origin }), 403, origin);
    assert.equal(await knock({}), 403, 'no origin at all');
    assert.equal(await knock(own(), '/'), 404);
    assert.equal(await knock(own(), '/socket?secret=x'), 404);
  });

  it('holds no more than eight sockets', async () => {
    const held = Array.from({ length: 8 }, () => new WebSocket(`ws://127.0.0.1:${port}/socket`, { headers: own() }));
    await Promise.all(held.map((socket) => once(socket, 'open')));
    assert.equal(await knock(own()), 503);
    for (const socket of held) socket.terminate();
    const open = sockets.filter((socket) => socket.readyState !== WebSocket.CLOSED);
    await Promise.all(open.map((socket) => once(socket, 'close')));
    assert.equal(await knock(own()), 'open');
  });

  it('hangs up on headers that never end', async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `);
    const drip = setInterval(() => socket.writable && socket.write('a'), 200);
    await once(socket, 'close');
    clearInterval(drip);
  }).timeout(15_000);

  it('hangs up on headers that are too long and on what is no HTTP', async () => {
    for (const nonsense of [
      `GET / HTTP/1.1\r\nX: ${'a'.repeat(64 * 1024)}\r\n\r\n`,
      '\u0016\u0003\u0001 hello\r\n\r\n',
    ]) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      // A reset is a way of hanging up, too.
      const closed = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
      socket.resume();
      socket.write(nonsense);
      await closed;
    }
    assert.equal((await ask('/')).statusCode, 200, 'and is still there');
  });

  it('takes the wished port, and another where that is taken', async () => {
    const second = new PageServer({ files: FILES, guard: new RequestGuard(), onSocket: () => undefined });
    const other = await second.listen(port);
    assert.notEqual(other, port);
    await second.close();
    await server.close();
    const third = new PageServer({ files: FILES, guard: new RequestGuard(), onSocket: () => undefined });
    assert.equal(await third.listen(port), port);
    await third.close();
  });
});
