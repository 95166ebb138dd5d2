import assert from 'node:assert/strict';
import { speak, startLiveServer, timeline, type LiveServer } from '../../live-server/index.ts';
import { connectSession } from './wire-client.ts';

describe('clientContent without turnComplete', () => {
  let server: LiveServer;
  afterEach(async () => server.close());

  const turns = [{ role: 'user', parts: [{ text: 'Earlier words.' }] }];

  it('keeps the server from answering speech and typed text until turnComplete comes', async () => {
    server = await startLiveServer({
      delivery: { timesRealTime: 100, turnComplete: 'early', firstAudioDelayMs: 0 },
      script: {
        connections: [
          {
            steps: [{ on: 'turn', reply: { say: 'An answer.' } }],
          },
        ],
      },
    });
    const client = await connectSession(server, { outputAudioTranscription: {} });
    client.send({ clientContent: { turns, turnComplete: false } });
    const { pcm16 } = await speak('What is missing on this shelf?', { rateHz: 16_000 });
    client.speak(timeline([300, pcm16, 900], 16_000));
    await server.next('withheld', ({ cue }) => cue === 'speech');
    client.send({ realtimeInput: { text: 'Anybody there?' } });
    await server.next('withheld', ({ cue }) => cue === 'text');
    assert.equal(server.records[0]?.replies.length, 0);

    client.send({ clientContent: { turns, turnComplete: true } });
    await client.turnComplete();
    assert.equal(client.transcript('outputTranscription'), 'An answer.');
    assert.equal(server.records[0].replies.length, 1);
  });

  it('has the speech it kept waiting answered by a turnComplete without turns', async () => {
    server = await startLiveServer({
      delivery: { timesRealTime: 100, turnComplete: 'early', firstAudioDelayMs: 0 },
      script: { connections: [{ steps: [{ on: 'speech', hear: 'What is missing?', reply: { say: 'A screw.' } }] }] },
    });
    const client = await connectSession(server, { inputAudioTranscription: {}, outputAudioTranscription: {} });
    client.send({ clientContent: { turns, turnComplete: false } });
    const { pcm16 } = await speak('What is missing on this shelf?', { rateHz: 16_000 });
    client.speak(timeline([300, pcm16, 900], 16_000));
    await server.next('withheld', ({ cue }) => cue === 'speech');

    client.send({ clientContent: { turnComplete: true } });
    await client.turnComplete();
    assert.equal(client.transcript('inputTranscription'), 'What is missing?');
    assert.equal(client.transcript('outputTranscription'), 'A screw.');
  });
});
