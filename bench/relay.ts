/**
 * What the extension host adds to a chunk of audio on its way: from the microphone to the socket's other end, and from a
 * frame of the service to the `audio` event. Both ends of the socket are in processes of their own, as in life.
 *
 * Goal: p95 at most 5 ms each way. Exit code 1 when missed.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WebSocketServer, type WebSocket } from 'ws';
import { LiveSession } from '../src/live/session.ts';

const GOAL_MS = 5;
const CHUNKS = 1500;
/** 20 ms of microphone come every 20 ms; the bench runs four times as fast to be done in a few seconds. */
const EVERY_MS = 5;
const CHUNK_BYTES = 640;
/** A frame of the service: four parts of 40 ms. */
const PARTS = 4;
const PART_SAMPLES = 960;

/** Milliseconds on a clock that all processes of a machine share. */
const nowMs = () => performance.timeOrigin + performance.now();

interface Heard {
  readonly kind: 'heard';
  readonly atMs: readonly number[];
}

if (process.argv[2] === 'service') serve();
else await measure();

/** The service's side: notes when chunks come, and sends frames that carry their time of sending. */
function serve(): void {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () => {
    const address = server.address();
    process.send?.({ kind: 'port', port: typeof address === 'object' ? address?.port : 0 });
  });
  server.on('connection', (socket) => {
    const atMs: number[] = [];
    socket.on('message', (data: Buffer) => {
      const arrivedMs = nowMs();
      if (!data.includes('"audio"')) {
        if (data.includes('"setup"')) socket.send(Buffer.from('{"setupComplete": {}}'));
        return;
      }
      atMs.push(arrivedMs);
      if (atMs.length === CHUNKS) process.send?.({ kind: 'heard', atMs });
    });
    process.on('message', () => speak(socket));
  });
}

function speak(socket: WebSocket): void {
  let sent = 0;
  const timer = setInterval(() => {
    const parts = Array.from({ length: PARTS }, (_, i) => {
      const pcm16 = Buffer.alloc(PART_SAMPLES * 2);
      if (i === 0) pcm16.writeDoubleLE(nowMs());
      return { inlineData: { mimeType: 'audio/pcm;rate=24000', data: pcm16.toString('base64') } };
    });
    socket.send(Buffer.from(JSON.stringify({ serverContent: { modelTurn: { role: 'model', parts } } }, undefined, 2)));
    sent += 1;
    if (sent === CHUNKS) clearInterval(timer);
  }, EVERY_MS);
}

async function measure(): Promise<void> {
  const service = fork(fileURLToPath(import.meta.url), ['service']);
  const { port } = (await message(service)) as { port: number }; // what serve() sends first
  const quiet = () => undefined;
  const session = new LiveSession({
    credentials: { kind: 'gemini', apiKey: 'key-of-a-bench' },
    settings: {
      model: 'gemini-3.8-live',
      reply: 'voice',
      voice: '',
      thinking: 'default',
      voiceActivity: { startSensitivity: 'default', endSensitivity: 'default', silenceMs: 700, prefixMs: 300 },
      baseUrl: `http://127.0.0.1:${port}`,
      instructions: '',
      pictureDetail: 'medium',
      googleSearch: false,
      tools: [],
    },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  session.start();
  while (session.state.kind !== 'live') await once(session, 'state');

  const up = await upwards(session, service);
  const down = await downwards(session, service);
  await session.stop();
  service.kill();
  const met = [report('up, microphone chunk of 20 ms', up), report('down, frame of 160 ms', down)].every(Boolean);
  process.exitCode = met ? 0 : 1;
}

async function upwards(session: LiveSession, service: ChildProcess): Promise<number[]> {
  const sentMs: number[] = [];
  const timer = setInterval(() => {
    const chunk = new Uint8Array(CHUNK_BYTES);
    sentMs.push(nowMs());
    session.sendMicrophone(chunk);
    if (sentMs.length === CHUNKS) clearInterval(timer);
  }, EVERY_MS);
  const { atMs } = (await message(service)) as Heard; // what serve() sends when it has heard all
  return atMs.map((arrivedMs, i) => arrivedMs - (sentMs[i] ?? 0));
}

async function downwards(session: LiveSession, service: ChildProcess): Promise<number[]> {
  const latenciesMs: number[] = [];
  const done = new Promise<void>((resolve) => {
    let parts = 0;
    session.on('audio', (_reply, pcm16) => {
      parts += 1;
      if (parts % PARTS !== 1) return;
      latenciesMs.push(nowMs() - Buffer.from(pcm16.buffer).readDoubleLE());
      if (latenciesMs.length === CHUNKS) resolve();
    });
  });
  service.send('speak');
  await done;
  return latenciesMs;
}

async function message(service: ChildProcess): Promise<unknown> {
  const received: unknown[] = await once(service, 'message');
  return received[0];
}

function report(what: string, latenciesMs: readonly number[]): boolean {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  const p95 = at(0.95);
  const verdict = p95 <= GOAL_MS ? 'met' : 'MISSED';
  console.log(
    `relay ${what}: p50 ${at(0.5).toFixed(2)} ms, p95 ${p95.toFixed(2)} ms, max ${at(1).toFixed(2)} ms; goal p95 <= ${GOAL_MS} ms: ${verdict}`,
  );
  return p95 <= GOAL_MS;
}
