import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { resample, speak, startLiveServer, timeline, type LiveServer } from '../../live-server/index.ts';
import { Random } from '../../live-server/session/random.ts';
import type { JsonObject } from '../../live-server/wire/json-value.ts';
import { connectSession, type WireClient } from './wire-client.ts';

async function words(text: string): Promise<Int16Array> {
  return (await speak(text, { rateHz: 16_000, voice: 'en' })).pcm16;
}

/** Steady hiss at about -46 dB below full scale: a fan beside the microphone. */
function hiss(durationMs: number): Int16Array {
  const random = new Random(12_345);
  return Int16Array.from({ length: durationMs * 16 }, () => random.integer(-300, 300));
}

describe('the voice activity detection of the Live server', () => {
  let server: LiveServer;
  afterEach(async () => server.close());

  async function listen(detection: JsonObject = {}): Promise<WireClient> {
    server = await startLiveServer();
    return connectSession(server, { realtimeInputConfig: { automaticActivityDetection: detection } });
  }

  /** Waits until all of it has arrived. */
  async function say(client: WireClient, pcm16: Int16Array): Promise<void> {
    client.speak(pcm16);
    await server.next('audio', ({ totalSamples }) => totalSamples >= pcm16.length, 'all audio');
  }

  it('hears two sentences as two utterances', async () => {
    const client = await listen();
    await say(
      client,
      timeline([400, await words('What is this?'), 1_000, await words('And where does it go?'), 1_000], 16_000),
    );
    assert.equal(server.records[0]?.utterances.length, 2);
  });

  it('takes a pause for thought as part of the utterance when silenceDurationMs is long', async () => {
    const client = await listen({ silenceDurationMs: 2_000 });
    await say(
      client,
      timeline([400, await words('What is this?'), 1_000, await words('And where does it go?'), 2_500], 16_000),
    );
    assert.equal(server.records[0]?.utterances.length, 1);
  });

  it('ignores a word shorter than prefixPaddingMs', async () => {
    const client = await listen({ prefixPaddingMs: 900 });
    await say(client, timeline([400, await words('Yes.'), 1_200], 16_000));
    assert.equal(server.records[0]?.utterances.length, 0);
  });

  it('hears nothing in silence and in hiss', async () => {
    const client = await listen();
    await say(client, timeline([1_000, hiss(2_000), 1_000], 16_000));
    assert.equal(server.records[0]?.utterances.length, 0);
  });

  it('hears speech over hiss, once, when its sensitivity is low', async () => {
    const client = await listen({ startOfSpeechSensitivity: 'START_SENSITIVITY_LOW' });
    const speech = timeline([1_000, await words('Where does this board go?'), 1_500], 16_000);
    const noise = hiss(speech.length / 16);
    await say(
      client,
      speech.map((sample, index) => sample + (noise[index] ?? 0)),
    );
    assert.equal(server.records[0]?.utterances.length, 1);
  });

  it('takes the end of the audio stream as the end of what was said', async () => {
    const client = await listen();
    client.speak(timeline([300, await words('What is this?')], 16_000));
    client.send({ realtimeInput: { audioStreamEnd: true } });
    const { utterance } = await server.next('utterance');
    assert.equal(utterance.endedBy, 'audioStreamEnd');
  });

  it('hears a microphone at another rate as well', async () => {
    const client = await listen();
    const speech = resample(
      timeline([300, await words('What is missing on this shelf?'), 1_000], 16_000),
      16_000,
      48_000,
    );
    client.speak(speech, 48_000);
    const { utterance } = await server.next('utterance');
    assert.ok(Math.abs(utterance.startSample - 4_800) <= 1_600);
  });

  it('leaves it to the client when it is disabled', async () => {
    const client = await listen({ disabled: true });
    client.speak(timeline([300, await words('What is this?'), 1_000], 16_000));
    client.send({ realtimeInput: { activityStart: {} } });
    client.speak(await words('This is it.'));
    client.send({ realtimeInput: { activityEnd: {} } });
    const { utterance } = await server.next('utterance');
    assert.equal(utterance.endedBy, 'activityEnd');
    assert.deepEqual(utterance.pcm16, await words('This is it.'));
    assert.equal(server.records[0]?.utterances.length, 1);
  });
});
