import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { MicrophoneFailureReason } from '../../webview/microphone/microphone-state.ts';
import { type AudioPage, type AudioPageOptions, openAudioPage } from './audio-page.ts';

const FAKE_DEVICE = '--use-fake-device-for-media-stream';
const ALWAYS_ALLOW = '--use-fake-ui-for-media-stream';

describe('A microphone that cannot be had, in a real browser', () => {
  let audio: AudioPage;

  async function open(options: AudioPageOptions): Promise<void> {
    audio = await openAudioPage({ autoplay: false, ...options });
    await audio.call('makeMicrophone');
  }

  async function failsAs(reason: MicrophoneFailureReason): Promise<void> {
    const failed = await audio.call('untilMicrophone', 'failed');
    assert.equal(failed.kind === 'failed' && failed.reason, reason);
    await audio.call('untilNothingIsOpen');
  }

  afterEach(() => audio.close());

  it('was denied by the person', async () => {
    await open({ args: [FAKE_DEVICE, '--deny-permission-prompts'] });
    await audio.call('startMicrophone', { processing: true });
    await failsAs('denied');
  });

  it('may not be had by this frame, which is told apart from a person’s no', async () => {
    await open({ args: [FAKE_DEVICE, ALWAYS_ALLOW], headers: { 'permissions-policy': 'microphone=()' } });
    await audio.call('startMicrophone', { processing: true });
    await failsAs('blocked-by-policy');
    assert.deepEqual(await audio.call('askedConstraints'), [], 'it was asked for all the same');
  });

  it('is not connected', async () => {
    await open({ args: [ALWAYS_ALLOW] });
    await audio.call('startMicrophone', { processing: true });
    await failsAs('missing');
  });

  it('is out of reach of an insecure page', async () => {
    await open({ args: [FAKE_DEVICE, ALWAYS_ALLOW], insecure: true });
    await audio.call('startMicrophone', { processing: true });
    await failsAs('unsupported');
  });

  it('has no worklet to be heard through', async () => {
    audio = await openAudioPage({ args: [FAKE_DEVICE, ALWAYS_ALLOW], autoplay: false });
    await audio.call('makeMicrophone', 'not-there.js');
    await audio.call('startMicrophone', { processing: true });
    await failsAs('worklet');
  });

  it('can be tried again after a failure', async () => {
    await open({ args: [FAKE_DEVICE, '--deny-permission-prompts'] });
    await audio.call('startMicrophone', { processing: true });
    await failsAs('denied');
    await audio.page.context().grantPermissions(['microphone']);
    await audio.call('startMicrophone', { processing: true });
    await audio.call('untilChunks', 5);
  });

  it('is taken away by the person in the middle of a sentence: said as a no, and not asked for again', async () => {
    await open({ args: [FAKE_DEVICE] });
    await audio.page.context().grantPermissions(['microphone']);
    await audio.call('startMicrophone', { processing: true });
    await audio.call('untilChunks', 5);
    await audio.page.context().clearPermissions();
    await failsAs('denied');
    assert.equal((await audio.call('askedConstraints')).length, 1);
  });

  it('dies with the browser’s audio process, and is taken again by itself', async () => {
    await open({ args: [FAKE_DEVICE, ALWAYS_ALLOW] });
    await audio.call('startMicrophone', { processing: true });
    await audio.call('untilChunks', 5);
    await killAudioProcess(audio);
    await audio.call('untilOpened', 2);
    await audio.call('untilChunks', (await audio.call('chunks')).length + 10);
    const story = await audio.call('microphoneStory');
    assert.deepEqual(
      story.map(({ kind }) => kind),
      ['starting', 'on', 'starting', 'on'],
    );
    const sequences = (await audio.call('chunks')).map(({ sequence }) => sequence);
    assert.deepEqual(
      sequences,
      sequences.map((_, i) => i),
    );
  });

  it('dies and no other one is there: it vanished', async () => {
    await open({ args: [FAKE_DEVICE, ALWAYS_ALLOW] });
    await audio.call('startMicrophone', { processing: true });
    await audio.call('untilChunks', 5);
    await audio.call('listMicrophones', []);
    await killAudioProcess(audio);
    await failsAs('vanished');
  });

  it('is switched off at the device: on, but said to be silent, until the switch is moved back', async () => {
    await open({ args: [FAKE_DEVICE, ALWAYS_ALLOW] });
    await audio.call('startMicrophone', { processing: true });
    await audio.call('untilMicrophone', 'on');
    await audio.call('setHardwareMuted', true);
    await audio.call('setHardwareMuted', false);
    const story = await audio.call('microphoneStory');
    assert.deepEqual(
      story.map((state) => state.kind === 'on' && state.hardwareMuted),
      [false, false, true, false],
    );
  });
});

/** Ends the process that this browser captures and plays through, as a crash of a sound driver would. */
async function killAudioProcess({ browser }: AudioPage): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const isAudio = ({ type, id }: { type: string; id: number }): boolean =>
    type.includes('audio.mojom') || readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('audio.mojom.AudioService');
  const audioProcess = processInfo.find(isAudio);
  if (audioProcess === undefined) throw new Error('This browser captures in its main process');
  process.kill(audioProcess.id, 'SIGKILL');
}
