import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startAssistantServer } from '../../live-server/assistant/assistant-server.ts';
import { speak, timeline, type LiveServer } from '../../live-server/index.ts';
import { connectSession, GEMINI_PATH, MODEL, WireClient } from './wire-client.ts';

const MAIN = fileURLToPath(new URL('../../live-server/main.ts', import.meta.url));
/** The smallest PNG header that says 1280 by 720. */
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAABQAAAALQCAYAAADPfd1W';

describe('the modest assistant', () => {
  let server: LiveServer;
  beforeEach(async () => {
    const noon = () => new Date(2026, 0, 1, 12, 34);
    const delivery = { timesRealTime: 100, turnComplete: 'early' } as const;
    server = await startAssistantServer({ delivery }, { clock: noon });
  });
  afterEach(async () => server.close());

  async function answer(client: WireClient): Promise<string> {
    const { reply } = await server.next('reply-finished');
    await client.turnComplete();
    return reply.text;
  }

  it('says how long and how loud it was spoken to, and does not pretend to have understood', async () => {
    const client = await connectSession(server, { inputAudioTranscription: {} });
    const { pcm16 } = await speak('What is missing on this shelf?', { rateHz: 16_000 });
    client.speak(timeline([300, pcm16, 900], 16_000));
    const said = await answer(client);
    const [, seconds] = /^I heard (\d\.\d) seconds of speech, at a good level\./.exec(said) ?? [];
    // The synthesiser ends a sentence with a short silence, which is not speech.
    assert.ok(Math.abs(Number(seconds) - pcm16.length / 16_000) < 0.4, said);
    assert.match(client.transcript('inputTranscription'), /^\(\d\.\d seconds of speech\)$/);
  });

  for (const { asked, expected } of [
    { asked: 'What time is it?', expected: /^It is 12:34 here\.$/ },
    { asked: 'Count to five, I mean 5', expected: /^1, 2, 3, 4, 5\. Done\.$/ },
    { asked: 'Paint it blue', expected: /^You typed: Paint it blue/ },
    { asked: 'What do you see?', expected: /not been shown any picture/ },
  ]) {
    it(`answers "${asked}"`, async () => {
      const client = await connectSession(server);
      client.send({ realtimeInput: { text: asked } });
      assert.match(await answer(client), expected);
    });
  }

  it('says what it was shown', async () => {
    const client = await connectSession(server);
    for (let count = 0; count < 2; count++) {
      client.send({ realtimeInput: { video: { data: PICTURE, mimeType: 'image/png' } } });
    }
    client.send({ realtimeInput: { text: 'What do you see?' } });
    assert.match(await answer(client), /2 pictures: 2 of 1280 by 720 pixels/);
  });

  it('greets when it is asked to begin', async () => {
    const client = await connectSession(server);
    client.send({ clientContent: { turnComplete: true } });
    assert.match(await answer(client), /^Hello\./);
  });

  it('remembers what was typed before', async () => {
    const client = await connectSession(server);
    client.send({ realtimeInput: { text: 'The shelf is called Billy.' } });
    await answer(client);
    client.send({ realtimeInput: { text: 'What did I say before?' } });
    assert.match(await answer(client), /The shelf is called Billy\./);
  });
});

describe('the Live server by itself', () => {
  let child: ChildProcess;
  afterEach(() => child.kill('SIGKILL'));

  it('prints its address and key, answers, and stops when it is told to', async function () {
    // It warms up its synthesiser first, which takes long on a busy machine.
    this.timeout(40_000);
    child = spawn(process.execPath, [MAIN, '--port', '0', '--key', 'a-key-of-my-own'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    assert.ok(child.stdout);
    const line = String((await once(createInterface(child.stdout), 'line'))[0]);
    const [, address, key] = /^Gemini Live stand-in at (http:\/\/127\.0\.0\.1:\d+) with key (\S+)$/.exec(line) ?? [];
    assert.ok(address !== undefined && key === 'a-key-of-my-own', line);
    const client = new WireClient(`${address.replace('http', 'ws')}${GEMINI_PATH}?key=${key}`);
    await client.opened();
    client.send({ setup: { model: MODEL } });
    await client.next('setupComplete', ({ setupComplete }) => setupComplete !== undefined);
    client.send({ realtimeInput: { text: 'Count to 3' } });
    await client.next('generationComplete', ({ serverContent }) => serverContent?.generationComplete === true);
    assert.equal(client.transcript('outputTranscription'), '1, 2, 3. Done.');
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.equal(code, 0);
  });
});
