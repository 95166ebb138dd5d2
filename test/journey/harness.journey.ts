// The harness' own journey: what the others rest on is itself played, with a small extension made for it.
import assert from 'node:assert/strict';
import { findCommands, runCommand } from './harness/command-palette.ts';
import { notification } from './harness/notifications.ts';
import { quickInput } from './harness/quick-input.ts';
import { statusBarItem } from './harness/status-bar.ts';
import { EXTENSION, listen, PLAN } from './harness/sound-check.ts';
import { openWindow, type VsCodeWindow } from './harness/vscode-window.ts';
import { webview } from './harness/webview.ts';

/** What the extension's player plays; see fixtures/sound-check/page/worklet.js. */
function knownSamples(count: number): Float32Array {
  const samples = new Float32Array(count);
  let state = 1;
  for (let at = 0; at < count; at += 1) {
    state = (state * 75 + 74) % 65537;
    samples[at] = (state - 32768) / 65536;
  }
  return samples;
}

describe('journey: harness', () => {
  describe('a window with a microphone that beeps', () => {
    let window: VsCodeWindow;
    before(async () => {
      window = await openWindow(PLAN);
    });
    after(() => window.close());

    it('runs commands, answers questions, presses buttons and reads the status bar', async () => {
      const { page } = window;
      await runCommand(page, 'Sound Check: Ask for a Name');
      const question = await quickInput(page, /Who speaks/);
      const shown = await question.read();
      assert.equal(shown.title, 'A name');
      assert.equal(shown.hidden, true);
      const typed = question.value(/^nobo$/);
      await question.type('nob');
      await question.type('nobo');
      assert.equal(await typed, 'nobo');
      await question.answer('nobody');
      assert.match(await question.message(/does not speak/), /Nobody does not speak/);
      await question.answer('Ada');
      const greeting = await notification(page, /Hello/);
      assert.equal(greeting.text, 'Hello, Ada.');
      assert.deepEqual(greeting.buttons, ['Wave', 'Leave']);
      await greeting.press('Wave');
      assert.equal(await (await statusBarItem(page, /Ada/)).text(), 'Ada: Wave');

      assert.equal((await findCommands(page, 'Sound Check: Pick'))[0], 'Sound Check: Pick a Colour');
      await runCommand(page, 'Sound Check: Pick a Colour');
      const colours = await quickInput(page, /A colour/);
      assert.deepEqual((await colours.read()).items, ['red', 'green']);
      await colours.choose('green');
      await statusBarItem(page, /green/);
    });

    it('hears every sample the webview plays, once and in order, while its thread is blocked', async () => {
      const { page, output } = window;
      await runCommand(page, 'Sound Check: Open');
      const view = webview(page, EXTENSION);
      await view.locator('#play').click();
      await output.until(([recording]) => recording?.closed === true, 30_000, 'the player closed its AudioContext');
      await window.screenshot('played');
      const [recording] = output.recordings;
      assert.ok(recording);
      assert.equal(recording.failure, undefined);
      assert.equal(recording.lostFrames, 0);
      const { sampleRateHz } = recording;
      const heard = recording.samples();
      const known = knownSamples(sampleRateHz);
      const start = heard.findIndex((sample) => sample !== 0);
      assert.ok(start >= 0, 'nothing was heard');
      assert.deepEqual(heard.subarray(start, start + sampleRateHz), known);
      const silence = heard.subarray(start + sampleRateHz, start + sampleRateHz * 1.5);
      assert.ok(silence.every((sample) => sample === 0));
      assert.deepEqual(heard.subarray(start + sampleRateHz * 1.5, start + sampleRateHz * 2.5), known);
      const durationMs = recording.renderedAtMs(heard.length - 1) - recording.startedAtMs;
      const expectedMs = (heard.length / sampleRateHz) * 1000;
      // On a machine that is late it takes longer; nowhere can it be done sooner.
      assert.ok(durationMs > expectedMs - 500, `${durationMs} ms by the clock, ${expectedMs} ms by count`);
    });

    it('gives the microphone to the webview', async () => {
      const heard = await listen(window);
      assert.match(heard, /^heard /);
      assert.ok(Number(heard.split(' ')[1]) > 0.05, heard);
    });

    it('can take the microphone away in mid-use', async () => {
      await listen(window, /listening/);
      await window.browser.endAudioService();
      await webview(window.page, EXTENSION).locator('#result').filter({ hasText: 'gone' }).waitFor();
    });

    it('notices when a page breaks its content security policy', async () => {
      assert.deepEqual(window.complaints.violations(), []);
      await webview(window.page, EXTENSION).locator('#trespass').click();
      await webview(window.page, EXTENSION).locator('#result').filter({ hasText: 'refused' }).waitFor();
      assert.match(window.complaints.violations()[0]?.text ?? '', /connect-src|default-src/);
    });

    it('passes machine settings and environment to the extension, and reads its log', async () => {
      await window.reload();
      await runCommand(window.page, 'Sound Check: Open');
      await statusBarItem(window.page, /http:\/\/127\.0\.0\.1:1/);
      assert.match(await window.workbench.logs(), /SOUND_CHECK_WORD=testing-one-two/);
    });

    it('follows a change of theme', async () => {
      await window.screenshot('dark');
      await window.workbench.setSettings({ 'workbench.colorTheme': 'Default High Contrast Light' });
      await window.page.locator('.monaco-workbench.hc-light').waitFor();
      await window.screenshot('high-contrast-light');
    });
  });
});
