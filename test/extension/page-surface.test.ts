import { encode } from '@msgpack/msgpack';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { WebSocket, WebSocketServer } from 'ws';
import { PageSurface } from '../../src/surface/page/page-surface.ts';

/** Longer than a page may be silent. */
const BUSY_MS = 1_200;

/** A page in a thread of its own, as a browser's is: it answers whatever this one does. */
const ANSWERING_PAGE = `
  const { workerData } = require('node:worker_threads');
  const socket = new WebSocket(workerData.address);
  socket.onmessage = () => socket.send(workerData.pong);
`;

describe('a page that is asked whether it lives', () => {
  let log: vscode.LogOutputChannel;
  let server: WebSocketServer;
  let address: string;
  /** What is said of the page, in order. */
  let verdicts: boolean[];
  let judged: PromiseWithResolvers<void>;

  before(() => {
    log = vscode.window.createOutputChannel('Page surface test', { log: true });
  });
  after(() => log.dispose());

  beforeEach(async () => {
    verdicts = [];
    judged = Promise.withResolvers();
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    // A TCP server's address is never a string (that is a pipe's).
    address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });

  /** The next page that connects, let in. */
  async function letIn(): Promise<{ readonly socket: WebSocket; readonly page: PageSurface }> {
    const [socket] = (await once(server, 'connection')) as [WebSocket];
    const page = new PageSurface(socket, 'secret', log);
    page.onDidChangeResponding((responding) => {
      verdicts.push(responding);
      judged.resolve();
    });
    return { socket, page };
  }

  it('is not called silent when it was this window that was busy', async () => {
    const worker = new Worker(ANSWERING_PAGE, {
      eval: true,
      workerData: { address, pong: encode({ type: 'pong' }) },
    });
    try {
      const { socket, page } = await letIn();
      await once(socket, 'message');
      verdicts = [];
      await new Promise<void>((resolve) => {
        // From here timers come next, before any socket is read.
        setImmediate(() => {
          const untilMs = performance.now() + BUSY_MS;
          while (performance.now() < untilMs);
          resolve();
        });
      });
      await once(socket, 'message');
      assert.deepEqual(verdicts, []);
      page.dispose();
    } finally {
      await worker.terminate();
    }
  });

  it('is called silent when it does not answer, and is back with its first word', async () => {
    const silent = new WebSocket(address);
    const { page } = await letIn();
    await judged.promise;
    assert.deepEqual(verdicts, [false]);
    judged = Promise.withResolvers();
    silent.send(encode({ type: 'pong' }));
    await judged.promise;
    assert.deepEqual(verdicts, [false, true]);
    page.dispose();
  });
});
