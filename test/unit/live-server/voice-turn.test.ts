import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import {
  bytesToPcm16,
  speak,
  startLiveServer,
  timeline,
  type Delivery,
  type LiveServer,
} from '../../live-server/index.ts';
import { connectSession, type ServerMessage, type WireClient } from './wire-client.ts';

const QUESTION = 'What is missing on this shelf?';
const ANSWER = 'Two dowels and the back panel.';
const SEEDS = [1, 2, 3, 4, 5, 6];

async function spokenQuestion(): Promise<Int16Array> {
  const { pcm16 } = await speak(QUESTION, { rateHz: 16_000, voice: 'en' });
  return timeline([300, pcm16, 900], 16_000);
}

/** A whole spoken turn; the client is left connected. */
async function converse(server: LiveServer): Promise<WireClient> {
  const client = await connectSession(server, { inputAudioTranscription: {}, outputAudioTranscription: {} });
  client.speak(await spokenQuestion());
  await client.turnComplete();
  return client;
}

/** Where the order matters and not the pace. */
const QUICK: Partial<Delivery> = { timesRealTime: 100, turnComplete: 'early', firstAudioDelayMs: 0 };

function start(seed: number, delivery: Partial<Delivery> = QUICK): Promise<LiveServer> {
  const steps = [{ on: 'speech', hear: QUESTION, reply: { say: ANSWER } }] as const;
  return startLiveServer({ seed, delivery, script: { connections: [{ steps }] } });
}

/** Where in the stream of messages each word of the transcript came, against the audio it belongs to. */
function transcriptOrder(messages: readonly ServerMessage[], server: LiveServer): ('before' | 'with' | 'after')[] {
  const words = server.records[0]?.replies[0]?.words ?? [];
  let audioSamples = 0;
  let word = 0;
  return messages.flatMap(({ serverContent }) => {
    const parts = serverContent?.modelTurn?.parts ?? [];
    const from = audioSamples;
    for (const { inlineData } of parts) audioSamples += Buffer.byteLength(inlineData?.data ?? '', 'base64') / 2;
    const text = serverContent?.outputTranscription?.text;
    if (text === undefined) return [];
    const startSample = words[word]?.startSample ?? 0;
    word += text.trim().split(' ').length;
    if (startSample >= audioSamples) return ['before' as const];
    return [startSample >= from ? ('with' as const) : ('after' as const)];
  });
}

describe('a spoken turn', () => {
  let server: LiveServer;
  afterEach(async () => server.close());

  it('is heard whole: the words and nothing of the silence around them', async () => {
    server = await start(1);
    await converse(server);
    const [utterance] = server.records[0]?.utterances ?? [];
    const spoken = await speak(QUESTION, { rateHz: 16_000, voice: 'en' });
    assert.ok(utterance);
    assert.ok(Math.abs(utterance.startSample - 4_800) <= 1_600, `began at ${utterance.startSample}`);
    const end = 4_800 + spoken.pcm16.length;
    assert.ok(
      utterance.endSample > end - 6_400 && utterance.endSample <= end + 1_600,
      `ended at ${utterance.endSample}`,
    );
    assert.equal(utterance.endedBy, 'silence');
    assert.deepEqual(server.records[0]?.pcm16, await spokenQuestion());
  });

  it('is answered with the very samples the server recorded', async () => {
    server = await start(1);
    const client = await converse(server);
    const [reply] = server.records[0]?.replies ?? [];
    assert.ok(reply && reply.pcm16.length > 24_000);
    assert.deepEqual(bytesToPcm16(client.audio), reply.pcm16);
    assert.equal(reply.sentSamples, reply.pcm16.length);
  });

  for (const seed of SEEDS) {
    it(`has both transcripts, one end and one bill, whatever the order (seed ${seed})`, async () => {
      server = await start(seed);
      const client = await converse(server);
      assert.equal(client.transcript('inputTranscription'), QUESTION);
      assert.equal(client.transcript('outputTranscription'), ANSWER);
      const at = (fits: (message: ServerMessage) => boolean) => client.messages.findLastIndex(fits);
      const lastAudio = at(({ serverContent }) => serverContent?.modelTurn !== undefined);
      const lastTranscript = at(({ serverContent }) => serverContent?.outputTranscription !== undefined);
      const generated = at(({ serverContent }) => serverContent?.generationComplete === true);
      const complete = at(({ serverContent }) => serverContent?.turnComplete === true);
      assert.ok(lastAudio < generated && lastTranscript < generated && generated < complete);
      const bills = client.messages.flatMap(({ usageMetadata }) => usageMetadata ?? []);
      assert.equal(bills.length, 1);
      assert.ok((bills[0]?.responseTokenCount ?? 0) > 20);
      assert.ok((bills[0]?.promptTokenCount ?? 0) > 20);
    });
  }

  it('comes as binary frames of pretty-printed JSON, some of them bare', async () => {
    server = await start(1);
    const client = await converse(server);
    assert.ok(client.frames.every(({ isBinary }) => isBinary));
    assert.ok(
      client.frames.every(
        ({ data }) => data.toString() === `${JSON.stringify(JSON.parse(data.toString()), undefined, 2)}\n`,
      ),
    );
    assert.ok(client.messages.some((message) => Object.keys(message).length === 0));
  });

  it('has several audio parts in a frame, and a transcript with audio in one message, with some seed', async () => {
    const seen = { severalParts: false, combined: false };
    for (const seed of SEEDS) {
      server = await start(seed);
      const client = await converse(server);
      for (const { serverContent } of client.messages) {
        const parts = serverContent?.modelTurn?.parts.length ?? 0;
        seen.severalParts ||= parts > 1;
        seen.combined ||= parts > 0 && serverContent?.outputTranscription !== undefined;
      }
      await server.close();
    }
    assert.deepEqual(seen, { severalParts: true, combined: true });
  });

  it('can have its transcript always before the audio, or always after it', async () => {
    for (const transcript of ['before', 'after'] as const) {
      server = await start(3, { ...QUICK, transcript, combine: false });
      const client = await converse(server);
      const order = new Set(transcriptOrder(client.messages, server));
      assert.deepEqual([...order], [transcript]);
      await server.close();
    }
  });

  it('is generated faster than it plays, and complete only when it has been played', async () => {
    server = await start(2, {});
    await converse(server);
    const [reply] = server.records[0]?.replies ?? [];
    assert.ok(reply?.generationCompleteAtMs !== undefined && reply.turnCompleteAtMs !== undefined);
    // A busy machine makes everything later and nothing earlier: timers are early by a millisecond at most.
    const sinceStartMs = (atMs: number) => atMs - reply.startedAtMs + 3;
    assert.ok(sinceStartMs(reply.turnCompleteAtMs) >= reply.pcm16.length / 24);
    for (const { atMs, startSample } of reply.frames) assert.ok(sinceStartMs(atMs) >= startSample / 24 / 3.3);
    assert.ok(reply.generationCompleteAtMs < reply.turnCompleteAtMs);
  });

  it('arrives late and in bunches when told to, complete and in order', async () => {
    server = await start(4, { timesRealTime: 1.2, jitter: { lateMs: 30, stallEveryMs: 400, stallMs: 200 } });
    const client = await converse(server);
    const [reply] = server.records[0]?.replies ?? [];
    assert.ok(reply);
    assert.deepEqual(bytesToPcm16(client.audio), reply.pcm16);
    const gaps = reply.frames.map(({ atMs }, index) => atMs - (reply.frames[index - 1]?.atMs ?? atMs));
    assert.ok(Math.max(...gaps) >= 150, `the longest gap was ${Math.max(...gaps)} ms`);
  });

  it('is the same for the same seed', async () => {
    const runs: string[] = [];
    for (let run = 0; run < 2; run++) {
      server = await start(11);
      const client = await converse(server);
      runs.push(JSON.stringify(client.messages.map((message) => message.serverContent ?? {})));
      await server.close();
    }
    assert.equal(runs[0], runs[1]);
  });

  it('has the voice the client chose', async () => {
    const spoken: Int16Array[] = [];
    for (const voiceName of ['Kore', 'Puck']) {
      server = await start(1);
      const speechConfig = { voiceConfig: { prebuiltVoiceConfig: { voiceName } } };
      const client = await connectSession(server, { generationConfig: { speechConfig } });
      client.speak(await spokenQuestion());
      await client.turnComplete();
      assert.deepEqual(bytesToPcm16(client.audio), (await speak(ANSWER, { voice: voiceName })).pcm16);
      spoken.push(bytesToPcm16(client.audio));
      await server.close();
    }
    assert.notDeepEqual(spoken[0], spoken[1]);
  });

  it('in TEXT of the pretend text model is written, not spoken', async () => {
    server = await startLiveServer({ script: { connections: [{ steps: [{ on: 'text', reply: { say: ANSWER } }] }] } });
    const client = await connectSession(server, {
      model: 'models/pretend-text-live',
      generationConfig: { responseModalities: ['TEXT'] },
    });
    client.send({ realtimeInput: { text: QUESTION } });
    await client.turnComplete();
    const parts = client.messages.flatMap(({ serverContent }) => serverContent?.modelTurn?.parts ?? []);
    assert.equal(parts.map(({ text }) => text ?? '').join(''), ANSWER);
    assert.ok(parts.length > 1);
    assert.equal(client.audio.length, 0);
  });
});
