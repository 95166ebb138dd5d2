// The browser's own echo cancellation, noise suppression and gain control, as people have them on.
import assert from 'node:assert/strict';
import { speak, timeline } from '../live-server/index.ts';
import { eventually } from './product/eventually.ts';
import { Talkthrough } from './product/talkthrough.ts';

describe('journey: voice processing', () => {
  it('with it on, the service hears the same utterances', async () => {
    const sentences = ['What is the first step to put this shelf together?', 'How many screws do I need for it?'];
    const spoken = await Promise.all(sentences.map((text) => speak(text, { voice: 'en', rateHz: 48_000 })));
    const pieces = spoken.flatMap(({ pcm16 }) => [pcm16, 2_000]);
    const talk = await Talkthrough.open({
      journey: 'voice-processing',
      says: timeline([3_000, ...pieces], 48_000),
      server: { script: { connections: [{}] } },
    });
    try {
      await talk.startWithKey();
      const heard = () => talk.server.records[0]?.utterances ?? [];
      await eventually('both are heard', () => heard().length === sentences.length);
      const [first, second] = heard();
      assert.ok(first && second);
      const heardApartMs = ((second.endSample - first.endSample) / 16_000) * 1000;
      const saidApartMs = 2_000 + ((spoken[1]?.pcm16.length ?? 0) / 48_000) * 1000;
      console.log(`      ends said ${saidApartMs.toFixed(0)} ms apart, heard ${heardApartMs.toFixed(0)} ms apart`);
      assert.ok(Math.abs(heardApartMs - saidApartMs) < 400);
      for (const [index, { durationMs }] of heard().entries()) {
        const saidMs = ((spoken[index]?.pcm16.length ?? 0) / 48_000) * 1000;
        console.log(`      said ${saidMs.toFixed(0)} ms, heard ${durationMs.toFixed(0)} ms`);
        // Noise suppression takes its time at the first words after a silence.
        assert.ok(durationMs > saidMs / 2 && durationMs < saidMs + 600);
      }
    } finally {
      await talk.close();
    }
  });
});
