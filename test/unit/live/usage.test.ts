import assert from 'node:assert/strict';
import { capabilitiesOf } from '../../../src/live/models.ts';
import { Peer, type Json } from './peer.ts';
import { audio, GENERATED, Talk, TURN_DONE } from './talk.ts';

const usage = (prompt: number, response: number, thoughts = 0): Json => ({
  promptTokenCount: prompt,
  responseTokenCount: response,
  thoughtsTokenCount: thoughts,
  totalTokenCount: prompt + response,
  promptTokensDetails: [
    { modality: 'AUDIO', tokenCount: prompt - 40 },
    { modality: 'TEXT', tokenCount: 10 },
  ],
  responseTokensDetails: [{ modality: 'AUDIO', tokenCount: response }],
});

describe('usage', () => {
  let peer: Peer;
  let talk: Talk;

  beforeEach(async () => {
    peer = await Peer.listen();
    talk = new Talk({ baseUrl: peer.baseUrl });
    talk.session.start();
  });

  afterEach(async () => {
    talk.session.dispose();
    await peer.close();
  });

  it('is summed over turns, wherever in a turn it is reported and how often', async () => {
    const service = await peer.connection();
    await service.accept(
      audio(48),
      { usageMetadata: usage(100, 5) },
      { serverContent: { turnComplete: true }, usageMetadata: usage(100, 50) },
      audio(48),
      GENERATED,
      TURN_DONE,
      { usageMetadata: usage(200, 60) },
      audio(48),
      { ...GENERATED, usageMetadata: usage(300, 70, 8) },
      TURN_DONE,
    );
    await talk.until(() => talk.session.usage.promptTokens === 600);
    const { turns, responseTokens, thoughtsTokens, promptByModality, responseByModality, estimatedUsd } =
      talk.session.usage;
    assert.deepEqual({ turns, responseTokens, thoughtsTokens }, { turns: 3, responseTokens: 180, thoughtsTokens: 8 });
    assert.deepEqual(promptByModality, { AUDIO: 480, TEXT: 30 });
    assert.deepEqual(responseByModality, { AUDIO: 180 });
    // The details fall 30 tokens a turn short of the prompt; those count as text.
    const expected = (480 * 3 + (30 + 90) * 0.75 + 180 * 12 + 8 * 4.5) / 1e6;
    assert.ok(Math.abs(estimatedUsd - expected) < 1e-12, `${estimatedUsd}`);
    assert.equal(capabilitiesOf('gemini-3.8-live').prices.audioOut, 12);
  });
});

describe('usage of a turn without words', () => {
  it('is counted as well', async () => {
    const peer = await Peer.listen();
    const talk = new Talk({ baseUrl: peer.baseUrl });
    talk.session.start();
    const done = { serverContent: { turnComplete: true }, usageMetadata: usage(100, 0) };
    await (await peer.connection()).accept(audio(48), done, done, done);
    await talk.until(() => talk.session.usage.promptTokens === 300);
    assert.equal(talk.session.usage.turns, 3);
    talk.session.dispose();
    await peer.close();
  });
});

describe('a tool nobody declared', () => {
  it('is answered once, with id and name, so that the model does not wait', async () => {
    const peer = await Peer.listen();
    const talk = new Talk({ baseUrl: peer.baseUrl });
    talk.session.start();
    const service = await peer.connection();
    await service.accept({
      toolCall: { functionCalls: [{ id: 'call-1', name: 'open_door', args: {} }, { name: 'no_id' }] },
    });
    const { functionResponses } = await service.hears('toolResponse');
    assert.deepEqual(functionResponses, [
      {
        id: 'call-1',
        name: 'open_door',
        response: { error: 'There is no tool named "open_door".' },
        scheduling: 'WHEN_IDLE',
      },
    ]);
    await talk.session.stop();
    await service.closed;
    assert.equal(service.heard.filter((message) => 'toolResponse' in message).length, 1);
    await peer.close();
  });
});
