// Where VS Code gives its panel no microphone, as on the desktop: the page in the person's browser hears and speaks.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ConnectionRecord } from '../live-server/index.ts';
import { capturedMicrophone } from './harness/captured-sound.ts';
import { statusBarItem } from './harness/status-bar.ts';
import { eventually } from './product/eventually.ts';
import { checkMicrophone } from './product/microphone-check.ts';
import { openMicrophones, watchCaptures } from './product/open-captures.ts';
import { openPage } from './product/open-page.ts';
import {
  checkInterruption,
  checkReplies,
  CONVERSATION,
  microphoneWav,
  player,
  TYPED,
  type Spoken,
} from './product/spoken-turns.ts';
import { Talkthrough } from './product/talkthrough.ts';

describe('journey: page', () => {
  describe('the main job', () => {
    let talk: Talkthrough;
    let spoken: Spoken;
    let page: Page;

    before(async () => {
      spoken = await microphoneWav();
      talk = await Talkthrough.open({
        journey: 'page',
        says: spoken.says,
        mediaDenied: true,
        settings: { 'talkthrough.microphone.processing': false },
        server: { script: { connections: [CONVERSATION] } },
      });
      await watchCaptures(talk.window.browser.context);
    });
    after(() => talk.close());

    it('the panel says why it cannot listen, and offers the page', async () => {
      await talk.startWithKey();
      assert.match(await talk.problem('page-needed'), /VS Code does not let extensions use the microphone/);
      await talk.problemCard('page-needed').getByRole('button', { name: 'Type Only' }).waitFor();
      await statusBarItem(talk.window.page, /Typing only/);
      await talk.screenshot('panel-asks');
    });

    it('the page opens, says where it belongs, and listens', async () => {
      page = await openPage(talk, 'Open Page');
      // Chromium's stand-in for the question says yes beforehand; the click that a browser asks for is played elsewhere.
      await statusBarItem(talk.window.page, /Listening/);
      assert.match(page.url(), /\/proxy\/\d+\/$/, 'the token is gone from the address');
      assert.match(await page.title(), /corner-shop/);
      assert.equal(await talk.view.locator('.problem').count(), 0);
      await talk.window.screenshots.take(page, 'page-listens');
    });

    it('the page hears, plays and is interrupted; the panel shows the conversation', async () => {
      await talk.server.ever('interrupted', undefined, 'the interruption', 40_000);
      await talk.entry('reply', /wing nut for each/);
      await page.getByText('wing nut for each').waitFor();
      await talk.screenshot('panel-follows');
      await talk.window.screenshots.take(page, 'page-talks');
      await talk.type(TYPED);
      await talk.entry('reply', /two wall screws\.$/);
    });

    it('nothing of it was lost', async () => {
      const record = firstRecord(talk);
      checkMicrophone(record, await capturedMicrophone(page), spoken);
      const output = player(talk);
      checkReplies(output, record);
      await checkInterruption(talk, output, record);
    });

    it('mute in the page releases the microphone, and the panel shows it', async () => {
      // A better device is opened before the old one is let go, so there may be two for a moment.
      await eventually('one is open', async () => (await openMicrophones(page)) === 1);
      await page.getByRole('button', { name: 'Mute microphone' }).click();
      await statusBarItem(talk.window.page, /Muted/);
      await eventually('it is released', async () => (await openMicrophones(page)) === 0);
      await page.getByRole('button', { name: 'Mute microphone' }).click();
      await statusBarItem(talk.window.page, /Listening/);
    });

    it('stop turns the page into a quiet end screen that captures nothing, and the server is gone', async () => {
      const address = page.url();
      await talk.press('Stop');
      await page.getByText('The session has ended').waitFor();
      assert.equal(await openMicrophones(page), 0);
      await talk.state(/Not started|Session ended/);
      await talk.window.screenshots.take(page, 'page-ended');
      const answer = await fetch(address).then(
        ({ status }) => status,
        () => 'nobody',
      );
      assert.notEqual(answer, 200);
    });

    it('broke no content security policy', () => {
      assert.deepEqual(talk.window.complaints.violations(), []);
    });
  });
});

function firstRecord(talk: Talkthrough): ConnectionRecord {
  const [record] = talk.server.records;
  assert.ok(record);
  return record;
}
