// Everything that can go wrong on the way, played for real: each ends in one sentence with the button that mends it.
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LOCAL_API_KEY, type ConnectionScript } from '../live-server/index.ts';
import { runCommand } from './harness/command-palette.ts';
import { quickInput } from './harness/quick-input.ts';
import { statusBarItem } from './harness/status-bar.ts';
import { eventually } from './product/eventually.ts';
import { openMicrophones, watchCaptures } from './product/open-captures.ts';
import { searchForSecret } from './product/secret-search.ts';
import { Talkthrough } from './product/talkthrough.ts';

const WRONG_KEY = 'wrong-key-0123456789-abcdefghijklmnop';

const STORY =
  'Once there was a shelf with three boards and nobody knew which board went on top, so they asked, and the answer was long, ' +
  'because a good answer begins with the wood, goes on with the glue, and comes to the screws only when the glue is dry.';

/** One connection after another, in the order in which the story below makes them. */
const CONNECTIONS: readonly ConnectionScript[] = [
  {},
  { setup: 'never' },
  { setup: 'never' },
  {
    setup: {
      close: { code: 1007, reason: 'User location is not supported for the API use without a billing account linked.' },
    },
  },
  {
    setup: {
      close: { code: 1011, reason: 'You exceeded your current quota, please check your plan and billing details.' },
    },
  },
  { upgrade: { status: 403, body: 'forbidden' } },
  { setup: { close: { code: 1007, reason: 'API key not valid. Please pass a valid API key.' } } },
  {
    steps: [
      { on: 'text', contains: 'story', reply: { say: STORY, during: [{ afterAudioMs: 4_000, terminate: true }] } },
    ],
  },
  {
    steps: [
      { on: 'text', contains: 'garbage', garbage: 'not-json' },
      { on: 'text', contains: 'hello', reply: { say: 'Still here.' } },
    ],
  },
];

/** Then, for the rest of it: a story that is interrupted by what happens to the window. */
const FURTHER: ConnectionScript = { steps: [{ on: 'text', contains: 'story', reply: { say: STORY } }] };

describe('journey: trouble', () => {
  let talk: Talkthrough;

  before(async () => {
    talk = await Talkthrough.open({
      journey: 'trouble',
      server: { script: { connections: CONNECTIONS, further: FURTHER } },
    });
    await watchCaptures(talk.window.browser.context);
  });
  after(() => talk.close());

  /** No session, no socket, no open microphone. */
  async function allIsClosed(): Promise<void> {
    await talk.state(/Not started|Session ended/);
    await eventually('every socket is closed', () => talk.server.records.every(({ open }) => !open));
    await eventually('every microphone is released', async () => (await openMicrophones(talk.window.page)) === 0);
  }

  async function ended(code: string, sentence: RegExp, button: RegExp, timeoutMs?: number): Promise<void> {
    assert.match(await talk.problem(code, timeoutMs), sentence);
    await talk.problemCard(code).getByRole('button', { name: button }).waitFor();
    await allIsClosed();
    await eventually('the log names it', async () => (await talk.window.workbench.logs()).includes(code));
    await talk.screenshot(code);
  }

  it('no key: giving up the question starts nothing, and the button asks again', async () => {
    await talk.command('Start Live Session');
    await (await quickInput(talk.window.page, /Set Up Talkthrough/)).cancel();
    assert.match(await talk.problem('key-missing'), /neither a Gemini API key/);
    await allIsClosed();
    assert.equal(talk.server.records.length, 0);
  });

  it('wrong key: Google’s refusal is said in the input, which stays until a key is right', async () => {
    await talk.press('Set Up…');
    await talk.enterKey(WRONG_KEY);
    const input = await quickInput(talk.window.page, /Gemini API Key/);
    assert.match(await input.message(/accept/), /Google does not accept this API key\./);
    await talk.screenshot('wrong-key');
    await input.answer(LOCAL_API_KEY);
    await talk.state(/Listening/);
    await eventually(
      'the microphone is counted while it is open',
      async () => (await openMicrophones(talk.window.page)) === 1,
    );
  });

  it('start pressed twice: there is one session', async () => {
    await talk.command('Start Live Session');
    await talk.command('Start Live Session');
    await talk.state(/Listening/);
    assert.equal(talk.server.records.length, 1);
    await talk.press('Stop');
    await allIsClosed();
  });

  it('stop pressed while connecting: it is given up at once', async () => {
    await talk.command('Start Live Session');
    await talk.server.ever('setup', ({ connection }) => connection === 1);
    await talk.state(/Connecting/);
    await talk.press('Stop');
    await allIsClosed();
    assert.equal(talk.server.records.length, 2);
  });

  it('a server that never answers: it is given up after 20 seconds', async () => {
    await talk.command('Start Live Session');
    await ended('no-answer', /not responding/, /Try Again/, 40_000);
  });

  it('region refused', async () => {
    await talk.command('Start Live Session');
    await ended('region-refused', /does not offer the Gemini API in your region/, /Set Up/);
  });

  it('quota used up', async () => {
    await talk.command('Start Live Session');
    await ended('quota', /quota/, /Open Quota Page/);
  });

  it('the service refuses the connection', async () => {
    await talk.command('Start Live Session');
    await ended('key-forbidden', /cannot use the Gemini API/, /Enter Another Key/);
  });

  it('a key that has become invalid: the button asks for another and goes on', async () => {
    await talk.command('Start Live Session');
    await ended('key-refused', /Google does not accept this API key\./, /Enter Another Key/);
    await talk.press('Enter Another Key');
    await (await quickInput(talk.window.page, /Gemini API Key/)).answer(LOCAL_API_KEY);
    await talk.state(/Listening/);
    assert.equal(await talk.view.locator('.problem').count(), 0);
  });

  it('the connection breaks in mid-sentence: the session goes on by itself, and what was said is still there', async () => {
    await talk.type('Tell me a story.');
    await talk.entry('reply', /Once there was a shelf/);
    const resumed = await talk.server.ever(
      'setup-complete',
      ({ connection }) => connection === 8,
      'the resumed session',
      20_000,
    );
    assert.ok(resumed);
    await talk.state(/Listening|Speaking/);
    await talk.entry('reply', /Once there was a shelf/);
    await talk.screenshot('resumed');
  });

  it('garbage frames are skipped and the conversation goes on', async () => {
    await talk.type('Send garbage.');
    await talk.server.ever('text', ({ text }) => text === 'Send garbage.');
    await talk.type('Now hello again.');
    await talk.entry('reply', /Still here/);
    await talk.press('Stop');
    await allIsClosed();
  });

  it('unknown model: the button offers those there are and goes on', async () => {
    const settings = { 'talkthrough.baseUrl': talk.server.baseUrl, 'workbench.colorTheme': 'Default Dark Modern' };
    await talk.window.workbench.setSettings({ ...settings, 'talkthrough.model': 'gemini-9-live' });
    await talk.view.locator('.model').filter({ hasText: 'gemini-9-live' }).waitFor();
    await talk.command('Start Live Session');
    await ended('model-unknown', /gemini-9-live/, /Choose Model/);
    await talk.press('Choose Model…');
    await (await quickInput(talk.window.page, /Live Model/)).choose('gemini-3.8-live');
    await talk.state(/Listening/);
    await talk.press('Stop');
    await allIsClosed();
  });

  it('no network', async () => {
    const settings = { 'workbench.colorTheme': 'Default Dark Modern', 'talkthrough.baseUrl': 'http://127.0.0.1:9' };
    await talk.window.workbench.setSettings(settings);
    await talk.window.reload();
    await talk.command('Start Live Session');
    await ended('no-network', /cannot be reached\. Check your network connection/, /Try Again/);
    await talk.window.workbench.setSettings({ ...settings, 'talkthrough.baseUrl': talk.server.baseUrl });
    await talk.window.reload();
  });

  it('the window is reloaded in mid-sentence: the conversation is there, cut where it was heard', async () => {
    await talk.command('Start Live Session');
    await talk.state(/Listening/);
    await talk.type('Tell me a story.');
    await talk.entry('reply', /so they asked/);
    const said = (await talk.transcript()).length;
    await talk.window.reload();
    await runCommand(talk.window.page, 'Talkthrough: Focus on Conversation View');
    await talk.entry('notice', /closed or restarted/);
    await allIsClosed();
    const entries = await talk.transcript();
    assert.equal(entries.length, said + 1);
    const story = entries.at(-2);
    assert.ok(story?.interrupted);
    // The file trails what is heard by half a second at most.
    assert.match(story.text, /three boards and nobody/);
    assert.ok(story.text.length < STORY.length, 'more is shown than was heard');
    await statusBarItem(talk.window.page, /Talkthrough/);
    await talk.screenshot('reloaded');
  });

  it('the extension host is killed in mid-sentence: nothing stays open, and the conversation is there', async () => {
    await talk.command('Start Live Session');
    await talk.state(/Listening/);
    await talk.type('Tell me a story, please.');
    await eventually('the story is heard', async () =>
      /so they asked/.test((await talk.transcript()).at(-1)?.text ?? ''),
    );
    const said = (await talk.transcript()).length;
    for (const pid of await talk.window.workbench.extensionHostPids()) process.kill(pid, 'SIGKILL');
    await eventually('the conversation is back', async () => (await talk.transcript()).length === said + 1);
    await allIsClosed();
    assert.match((await talk.transcript()).at(-1)?.text ?? '', /closed or restarted/);
    assert.match((await talk.transcript()).at(-2)?.text ?? '', /three boards/);
    await talk.screenshot('extension-host-killed');
  });

  it('the key is nowhere but in the secret storage', async () => {
    const planted = join(talk.window.workbench.scratchFolder, 'planted.log');
    await writeFile(planted, `key=${LOCAL_API_KEY}`);
    assert.deepEqual(await searchForSecret(talk, LOCAL_API_KEY), ['planted.log'], 'the search finds what is there');
    await rm(planted);
    assert.deepEqual(await searchForSecret(talk, LOCAL_API_KEY), []);
    assert.deepEqual(await searchForSecret(talk, WRONG_KEY), []);
  });
});
