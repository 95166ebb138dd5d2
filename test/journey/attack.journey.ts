// Whoever is on this computer or behind a page in the browser tries to get at the page's server while a session runs.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { encode } from '@msgpack/msgpack';
import type { Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { PAGE_CLOSE } from '../../src/protocol/page-line.ts';
import { LOCAL_API_KEY } from '../live-server/index.ts';
import { statusBarItem } from './harness/status-bar.ts';
import { eventually } from './product/eventually.ts';
import { Talkthrough } from './product/talkthrough.ts';

describe('journey: attack', () => {
  let talk: Talkthrough;
  let page: Page;
  let port: number;
  /** The token of the page's address, used up by the page. */
  let usedToken: string;
  let hostPid: number;

  before(async () => {
    talk = await Talkthrough.open({
      journey: 'attack',
      mediaDenied: true,
      server: { script: { connections: [], further: { steps: [{ on: 'text', reply: { say: 'Still here.' } }] } } },
    });
    const { context } = talk.window.browser;
    let address = '';
    context.on('request', (asked) => {
      if (asked.isNavigationRequest() && asked.url().includes('/proxy/')) address = asked.url();
    });
    context.on('page', (opened) => (address = opened.url() || address));
    await talk.startWithKey();
    const opened = context.waitForEvent('page');
    await talk.press('Open Page');
    page = await opened;
    address = page.url().includes('#') ? page.url() : address;
    usedToken = new URL(address).hash.slice('#t='.length);
    port = Number(/\/proxy\/(\d+)\//.exec(page.url())?.[1]);
    await statusBarItem(talk.window.page, /Listening/);
    [hostPid = 0] = await talk.window.workbench.extensionHostPids();
  });
  after(() => talk.close());

  /** The page captures, and is heard, without a break in its connection. */
  async function conversationGoesOn(): Promise<void> {
    const record = talk.server.records[0];
    assert.ok(record);
    const before = record.pcm16.length;
    await eventually('the page is heard', () => record.pcm16.length > before + 8_000);
    assert.equal(talk.server.records.length, 1);
    assert.equal(await talk.view.locator('.problem').count(), 0);
  }

  const ownOrigin = () => `http://127.0.0.1:${port}`;

  /** Opens the socket as our own page would. */
  async function knock(headers: Record<string, string> = { origin: ownOrigin() }): Promise<WebSocket | number> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/socket`, { headers });
    return new Promise((resolve) => {
      socket.on('error', () => undefined);
      socket.on('open', () => resolve(socket));
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    });
  }

  /** Says one thing on a new socket; returns the code it is closed with and what it was told before. */
  async function say(first: string | Uint8Array): Promise<{ code: number; told: number }> {
    const socket = await knock();
    assert.ok(socket instanceof WebSocket, 'the socket was refused');
    let told = 0;
    socket.on('message', () => (told += 1));
    socket.send(first);
    const [code] = (await once(socket, 'close')) as [number];
    return { code, told };
  }

  it('the server listens on the loopback address only', async () => {
    const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
    const tables = (await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8')))).join(
      '\n',
    );
    const listening = tables.split('\n').filter((line) => line.includes(`:${hexPort} `) && / 0A /.test(line));
    assert.equal(listening.length, 1);
    assert.match(listening[0] ?? '', /0100007F:/);
  });

  it('wrong, missing, reused and guessed tokens let nobody in, and are told nothing', async () => {
    const attempts: Uint8Array[] = [
      encode({ type: 'hello', token: 'A'.repeat(43) }),
      encode({ type: 'hello', token: '' }),
      encode({ type: 'hello' }),
      encode({ type: 'helloAgain', secret: 'A'.repeat(43) }),
      encode({ type: 'message', message: { type: 'intent', intent: { kind: 'stop' } } }),
      encode({ type: 'pong' }),
    ];
    if (usedToken !== '') attempts.push(encode({ type: 'hello', token: usedToken }));
    for (const attempt of attempts) assert.deepEqual(await say(attempt), { code: PAGE_CLOSE.notAdmitted, told: 0 });
    for (let guess = 0; guess < 200; guess += 1) {
      const token = Buffer.from(`guess ${guess}`.padEnd(32)).toString('base64url');
      assert.deepEqual(await say(encode({ type: 'hello', token })), { code: PAGE_CLOSE.notAdmitted, told: 0 });
    }
    await conversationGoesOn();
  });

  it('foreign origins and rebound names are refused', async () => {
    for (const origin of ['https://attacker.example', 'null', `http://attacker.example:${port}`]) {
      assert.equal(await knock({ origin }), 403, origin);
    }
    assert.equal(await knock({}), 403);
    assert.equal(await knock({ origin: ownOrigin(), host: `attacker.example:${port}` }), 421);
    const rebound = await new Promise<number>((resolve) => {
      const asked = request(
        { host: '127.0.0.1', port, path: '/', headers: { host: 'attacker.example' } },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      asked.end();
    });
    assert.equal(rebound, 421);
    // The same from a page in a browser, which cannot choose its headers.
    const stranger = await talk.window.browser.context.newPage();
    await stranger.goto('data:text/html,<title>stranger</title>');
    const got = await stranger.evaluate<string>(
      `new Promise((resolve) => {
        const socket = new WebSocket('ws://127.0.0.1:${port}/socket');
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      })`,
    );
    assert.equal(got, 'refused');
    await stranger.close();
    await conversationGoesOn();
  });

  it('nothing but the bundle is served, by whatever path', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/%2e%2e/etc/passwd',
      '//etc/passwd',
      '/extension.cjs',
      '/.git/config',
      '/surface.js.map',
    ]) {
      const status = await new Promise<number>((resolve) => {
        request({ host: '127.0.0.1', port, path }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        }).end();
      });
      assert.equal(status, 404, path);
    }
    for (const path of ['/', '/surface.js']) {
      const body = await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
      assert.doesNotMatch(body, new RegExp(LOCAL_API_KEY));
    }
  });

  it('malformed and oversized messages end their own socket only', async () => {
    const random = Uint8Array.from({ length: 150 }, (_, index) => (index * 73 + 41) % 256);
    for (const nonsense of [
      new Uint8Array(0),
      random,
      encode('text'),
      encode([]),
      encode({ type: '__proto__' }),
      'text',
    ]) {
      assert.deepEqual(await say(nonsense), { code: PAGE_CLOSE.notAdmitted, told: 0 });
    }
    const { code } = await say(new Uint8Array(3 * 1024 * 1024));
    assert.ok(code === 1006 || code === 1009, String(code));
    await conversationGoesOn();
  });

  it('floods of connections and messages neither stop the conversation nor grow the host', async () => {
    const before = await residentBytes(hostPid);
    for (let wave = 0; wave < 20; wave += 1) {
      const sockets = Array.from({ length: 100 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
      const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of sockets) socket.write('GET / HTTP/1.1\r\n');
      await new Promise((resolve) => setImmediate(resolve));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    }
    const flood = await knock();
    if (flood instanceof WebSocket) {
      const ended = once(flood, 'close');
      for (let at = 0; at < 20_000 && flood.readyState === WebSocket.OPEN; at += 1) flood.send(new Uint8Array(1_000));
      await ended;
    }
    await conversationGoesOn();
    const grownBytes = (await residentBytes(hostPid)) - before;
    console.log(`      the extension host grew by ${(grownBytes / 1024 / 1024).toFixed(1)} MB`);
    assert.ok(grownBytes < 100 * 1024 * 1024);
  });

  it('headers that never end are hung up on', async () => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `);
    const drip = setInterval(() => socket.writable && socket.write('a'), 250);
    await closed;
    clearInterval(drip);
    await conversationGoesOn();
  });

  it('after all that, the person talks on', async () => {
    await talk.type('Are you there?');
    await talk.entry('reply', /Still here/);
    await talk.screenshot('still-here');
  });
});

/** Memory a process holds, by Linux's count of its pages. */
async function residentBytes(pid: number): Promise<number> {
  const pages = Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]);
  return pages * 4096;
}
