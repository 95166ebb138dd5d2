// Microphones that are denied, missing, or go away in use.
import assert from 'node:assert/strict';
import { statusBarItem } from './harness/status-bar.ts';
import { webviewFrame } from './harness/webview.ts';
import { eventually } from './product/eventually.ts';
import { openMicrophones, watchCaptures } from './product/open-captures.ts';
import { EXTENSION, Talkthrough } from './product/talkthrough.ts';

describe('journey: trouble with the microphone', () => {
  for (const [what, microphone, code, sentence] of [
    ['denied', { kind: 'denied' }, 'microphone-denied', /does not let Talkthrough use the microphone/],
    ['missing', { kind: 'missing' }, 'microphone-missing', /No microphone was found/],
  ] as const) {
    it(`${what}: it is said, and one can type`, async () => {
      const talk = await Talkthrough.open({
        journey: 'trouble-microphone',
        microphone,
        server: { script: { connections: [{ steps: [{ on: 'text', reply: { say: 'I can read you.' } }] }] } },
      });
      try {
        await talk.startWithKey();
        assert.match(await talk.problem(code), sentence);
        await talk.problemCard(code).getByRole('button', { name: 'Try Again' }).waitFor();
        await talk.type('Can you read me?');
        await talk.entry('reply', /I can read you/);
        await talk.screenshot(`microphone-${what}`);
        assert.equal(talk.server.records[0]?.pcm16.length, 0);
      } finally {
        await talk.close();
      }
    });
  }
});

describe('journey: trouble with a microphone in use', () => {
  let talk: Talkthrough;
  before(async () => {
    talk = await Talkthrough.open({ journey: 'trouble-microphone', server: { script: { connections: [{}] } } });
    await watchCaptures(talk.window.browser.context);
  });
  after(() => talk.close());

  it('it goes away and comes back, as when it is plugged in anew: it is heard again by itself', async () => {
    await talk.startWithKey();
    const record = await talk.server.ever('audio').then(() => talk.server.records[0]);
    assert.ok(record);
    await talk.window.browser.endAudioService();
    const before = record.pcm16.length;
    await eventually('it is heard again', () => record.pcm16.length > before + 16_000);
    await talk.state(/Listening/);
    assert.equal(await openMicrophones(talk.window.page), 1);
  });

  it('it goes away for good: it is said, and the button finds one that is there', async () => {
    const frame = await webviewFrame(talk.window.page, EXTENSION);
    // No flag of Chromium takes its fake microphone out of the list.
    await frame.evaluate(`(() => {
      const devices = navigator.mediaDevices;
      globalThis.__unplugged = { ask: devices.getUserMedia, list: devices.enumerateDevices };
      devices.getUserMedia = () => Promise.reject(new DOMException('Requested device not found', 'NotFoundError'));
      devices.enumerateDevices = () => Promise.resolve([]);
    })()`);
    await talk.window.browser.endAudioService();
    assert.match(await talk.problem('microphone-vanished'), /was disconnected/);
    await statusBarItem(talk.window.page, /Typing only/);
    assert.equal(await openMicrophones(talk.window.page), 0);
    await talk.screenshot('microphone-vanished');
    await frame.evaluate(`(() => {
      navigator.mediaDevices.getUserMedia = globalThis.__unplugged.ask;
      navigator.mediaDevices.enumerateDevices = globalThis.__unplugged.list;
    })()`);
    const before = talk.server.records[0]?.pcm16.length ?? 0;
    await talk.press('Try Again');
    await eventually('it is heard again', () => (talk.server.records[0]?.pcm16.length ?? 0) > before);
    await talk.state(/Listening/);
  });

  it('stopping lets it go', async () => {
    await talk.press('Stop');
    await eventually('it is released', async () => (await openMicrophones(talk.window.page)) === 0);
  });
});
