import assert from 'node:assert/strict';
import type { Entry } from '../../src/protocol/conversation.ts';
import { conversation, live, NOON_MS, notice, person, reply, session, sources, tool } from './preview/scenes.ts';
import { useSharedView } from './preview/shared-view.ts';
import type { Stage } from './preview/stage.ts';

const CAPTIONS_ONLY = live({ speaker: { muted: true, locked: false } });

/** A long talk: the n-th entry is `n`, by turns asked and answered. */
function manyEntries(count: number): readonly Entry[] {
  return Array.from({ length: count }, (_, n) => {
    const make = n % 2 === 0 ? person : reply;
    return make(String(n), `Entry ${n}: ${'a few more words '.repeat(1 + (n % 5))}`, { atMs: NOON_MS + n });
  });
}

describe('The conversation on the page', () => {
  const view = useSharedView();
  let stage: Stage;

  beforeEach(async () => {
    stage = await view.open();
    await stage.post(live());
  });

  const log = () => stage.page.getByRole('log', { name: 'Conversation' });
  const entries = () => log().getByRole('article');
  const texts = (selector: string) => stage.page.locator(selector).allTextContents();

  describe('an entry', () => {
    it('says who spoke or typed, and grows in place as words arrive', async () => {
      await stage.post(conversation(person('1', 'What is', { status: 'open' })));
      await stage.post(conversation(person('1', 'What is this?'), person('2', 'Never mind', { via: 'text' })));
      assert.deepEqual(await texts('.who-name'), ['You, spoken', 'You, typed']);
      assert.deepEqual(await texts('.entry-text'), ['What is this?', 'Never mind']);
      assert.equal(await entries().first().locator('time').textContent(), '09:41');
    });

    it('dims what of a reply is still to be heard', async () => {
      await stage.post(conversation(reply('1', 'Heard. Not yet.', { heardLength: 6, status: 'open' })));
      assert.deepEqual([await texts('.heard'), await texts('.unheard')], [['Heard.'], [' Not yet.']]);
      const colours = await Promise.all(['.heard', '.unheard'].map((selector) => stage.contrast(selector)));
      assert.ok((colours[0] ?? 0) > 1.2 * (colours[1] ?? 0), `dimmed too little: ${colours.join(' and ')}`);
      await stage.post(conversation(reply('1', 'Heard. Not yet.')));
      assert.deepEqual([await texts('.heard'), await texts('.unheard')], [['Heard. Not yet.'], ['']]);
    });

    it('that was interrupted shows only what was heard, and says so in words', async () => {
      await stage.post(conversation(reply('1', 'It was the first of many', { heardLength: 10, status: 'open' })));
      assert.equal(await log().getByText('interrupted').isVisible(), false);
      await stage.post(conversation(reply('1', 'It was the', { status: 'interrupted' })));
      assert.deepEqual(await texts('.entry-text'), ['It was the']);
      assert.ok(await log().getByText('interrupted').isVisible());
    });

    it('is never cut within a character', async () => {
      await stage.post(conversation(reply('1', '😀😀', { heardLength: 3, status: 'open' })));
      assert.deepEqual([await texts('.heard'), await texts('.unheard')], [['😀'], ['😀']]);
    });

    it('is text, whatever it contains', async () => {
      const text = '<img src=x onerror="alert(1)"> & <b>bold</b>\n  second line';
      await stage.post(conversation(person('1', text), reply('2', text), notice('3', text)));
      assert.deepEqual(await texts('.entry-text, .notice'), [text, text, text]);
      assert.equal(await log().locator('img, b').count(), 0);
    });

    it('that arrives late stands where it belongs in time', async () => {
      const answer = reply('2', 'Blue.', { atMs: NOON_MS + 2_000 });
      await stage.post(conversation(person('0', 'Hello', { atMs: NOON_MS }), answer));
      await stage.post(conversation(person('1', 'Which colour?', { atMs: NOON_MS + 1_000 })));
      assert.deepEqual(await texts('.entry-text'), ['Hello', 'Which colour?', 'Blue.']);
    });
  });

  describe('a line about what a tool did', () => {
    const READ = { opens: { path: 'src/cart.ts', line: 10, endLine: 48 } };
    const state = () => stage.page.locator('.tool').getAttribute('data-status');

    it('says in words how it stands, and changes in place', async () => {
      await stage.post(conversation(tool('1', 'Ran the tests', { status: 'running' })));
      assert.deepEqual(await texts('.tool'), ['Ran the tests, running']);
      await stage.post(conversation(tool('1', 'Ran the tests')));
      assert.deepEqual([await texts('.tool'), await state()], [['Ran the tests'], 'done']);
      await stage.post(conversation(tool('1', 'The tests could not be run', { status: 'failed' })));
      assert.deepEqual(await texts('.tool'), ['The tests could not be run, failed']);
    });

    it('opens what it names, also by keyboard, and keeps the focus when it is done', async () => {
      await stage.post(conversation(tool('t1', 'Read src/cart.ts 10 to 48', { ...READ, status: 'running' })));
      const line = log().getByRole('button', { name: 'Read src/cart.ts 10 to 48' });
      assert.equal(await line.getAttribute('title'), 'Open src/cart.ts:10');
      await line.press('Enter');
      await stage.post(conversation(tool('t1', 'Read src/cart.ts 10 to 48', READ)));
      await stage.page.keyboard.press('Enter');
      assert.deepEqual(await stage.intents(), [
        { kind: 'open', entry: 't1' },
        { kind: 'open', entry: 't1' },
      ]);
    });

    it('opens nothing where it names nothing, and is text whatever it contains', async () => {
      await stage.post(conversation(tool('1', 'Found <b>7</b> places')));
      assert.deepEqual(await texts('.tool'), ['Found <b>7</b> places']);
      assert.equal(await log().getByRole('button').count(), 0);
    });

    it('stands close to the next, apart from what is said', async () => {
      await stage.post(conversation(tool('1', 'One'), tool('2', 'Two'), reply('3', 'Done.')));
      const [one, two, said] = await Promise.all(
        ['.tool >> nth=0', '.tool >> nth=1', '.reply'].map((selector) => stage.page.locator(selector).boundingBox()),
      );
      assert.ok(one && two && said);
      assert.ok(two.y - (one.y + one.height) <= 4, 'the lines are far apart');
      assert.ok(said.y - (two.y + two.height) >= 8, 'the reply is close');
    });
  });

  describe('what a reply was grounded in', () => {
    const links = async (name: string) =>
      Promise.all(
        (await log().getByRole('list', { name }).getByRole('link').all()).map(async (link) => [
          await link.textContent(),
          await link.getAttribute('href'),
        ]),
      );

    it('stands right below it: the pages, and what was searched for as links to Google Search', async () => {
      const entry = sources('2', {
        atMs: NOON_MS,
        links: [{ title: 'Screws & more', uri: 'https://screws.example/m6?a=b' }],
        searches: ['M6 screw & nut'],
      });
      await stage.post(conversation(reply('1', 'An M6.'), entry, person('3', 'Thanks', { atMs: NOON_MS + 1 })));
      assert.deepEqual(await links('Sources'), [['Screws & more', 'https://screws.example/m6?a=b']]);
      assert.deepEqual(await links('Search Google'), [
        ['M6 screw & nut', 'https://www.google.com/search?q=M6%20screw%20%26%20nut'],
      ]);
      assert.deepEqual(await stage.page.locator('.reply + .sources + .person').count(), 1);
    });

    it('opens beside the conversation, not in its place', async () => {
      await stage.page.context().route('**/*.example/**', (route) => route.fulfill({ body: 'a page' }));
      await stage.post(conversation(sources('1', { links: [{ title: 'A page', uri: 'https://a.example/page' }] })));
      const opened = stage.page.context().waitForEvent('page');
      await log().getByRole('link', { name: 'A page' }).click();
      const page = await opened;
      await page.waitForURL('https://a.example/page');
      assert.equal(await page.evaluate('window.opener'), null);
      assert.equal(new URL(stage.page.url()).pathname, '/');
    });

    it('has no link to anything but a web page', async () => {
      const uris = ['javascript:alert(1)', 'http://plain.example/', 'command:x', 'nothing', 'https://good.example/'];
      await stage.post(conversation(sources('1', { links: uris.map((uri) => ({ title: uri, uri })) })));
      assert.deepEqual(await links('Sources'), [['https://good.example/', 'https://good.example/']]);
    });
  });

  it('is replaced as a whole when the host says so', async () => {
    await stage.post(conversation(...manyEntries(4)));
    await stage.post({ type: 'conversation', reset: true, entries: [notice('n', 'A new conversation.')] });
    assert.equal(
      await log()
        .textContent()
        .then((text) => text?.includes('Entry')),
      false,
    );
    assert.deepEqual(await texts('.notice'), ['A new conversation.']);
  });

  it('costs the same to go on whether it has five entries or five thousand', async () => {
    const step = (n: number) =>
      conversation(reply('last', 'word '.repeat(n), { atMs: 2 * NOON_MS, heardLength: n, status: 'open' }));
    // No clock that ticks in between.
    await stage.post(session({ phase: 'listening' }), conversation(...manyEntries(5)), step(1));
    const short = await stage.mutationsOf(step(2));
    await stage.post({ type: 'conversation', reset: true, entries: manyEntries(5_000) }, step(1));
    const long = await stage.mutationsOf(step(2));
    assert.ok(long > 0 && long <= short, `${long} changes with 5,000 entries, ${short} with 5`);
    assert.equal(await entries().count(), 5_001);
  });

  describe('when it is longer than the page', () => {
    const jump = () => stage.page.getByRole('button', { name: 'Jump to latest' });

    beforeEach(() => stage.post(conversation(...manyEntries(200))));

    it('follows what is said', async () => {
      await stage.untilAtEnd('Entry 199:');
      await stage.post(conversation(reply('200', 'Entry 200: a new one', { atMs: 2 * NOON_MS })));
      await stage.untilAtEnd('Entry 200:');
      await stage.post(
        conversation(reply('200', `Entry 200: ${'that grows '.repeat(200)} and ends`, { atMs: 2 * NOON_MS })),
      );
      await stage.untilAtEnd('and ends');
      assert.equal(await jump().isVisible(), false);
    });

    it('stays where the person has scrolled to, and offers the way back', async () => {
      await stage.untilAtEnd('Entry 199:');
      await log().hover();
      await stage.page.mouse.wheel(0, -600);
      await jump().waitFor();
      const before = await stage.topEntry();
      await stage.post(conversation(reply('200', 'Entry 200: a new one', { atMs: 2 * NOON_MS })));
      assert.equal(await stage.topEntry(), before);
      await jump().click();
      await stage.untilAtEnd('Entry 200:');
      assert.equal(await jump().isVisible(), false);
      assert.equal(await stage.focusedName(), 'Conversation', 'the focus is not lost with the button');
    });

    it('can be scrolled by keyboard', async () => {
      await stage.untilAtEnd('Entry 199:');
      await log().focus();
      await stage.page.keyboard.press('PageUp');
      await jump().waitFor();
      await stage.page.keyboard.press('End');
      await jump().waitFor({ state: 'hidden' });
    });
  });

  describe('to a screen reader', () => {
    const announced = () => texts('[role=status] p');

    it('announces a reply that is only read once, when it is finished', async () => {
      await stage.post(CAPTIONS_ONLY);
      const before = await announced();
      for (const length of [4, 8, 12]) {
        await stage.post(conversation(reply('1', 'One two three'.slice(0, length), { status: 'open' })));
      }
      assert.deepEqual(await announced(), before);
      await stage.post(conversation(reply('1', 'One two three')), conversation(reply('1', 'One two three')));
      assert.deepEqual(await announced(), [...before, 'Talkthrough: One two three']);
    });

    it('does not read out what was just heard or said: the microphone would hear it', async () => {
      const before = await announced();
      await stage.post(conversation(person('1', 'Hello'), reply('2', 'Hello to you')));
      assert.deepEqual(await announced(), before);
    });

    it('announces notices, and that a session comes and goes, but not that listening and speaking take turns', async () => {
      await stage.post(session());
      const before = await announced();
      await stage.post(session({ phase: 'connecting' }), live(), live({ phase: 'speaking' }), live());
      assert.deepEqual((await announced()).slice(before.length), ['Connecting…', 'Listening']);
      await stage.post(conversation(notice('1', 'The session was resumed.')));
      assert.equal((await announced()).at(-1), 'The session was resumed.');
    });

    it('stays silent about a conversation that is only shown again', async () => {
      await stage.post(CAPTIONS_ONLY);
      const before = await announced();
      await stage.post({
        type: 'conversation',
        reset: true,
        entries: [reply('1', 'Old news'), notice('2', 'Older news')],
      });
      assert.deepEqual(await announced(), before);
    });

    it('does not read out lines about tools and sources, which are there to be looked up', async () => {
      await stage.post(CAPTIONS_ONLY);
      const before = await announced();
      await stage.post(conversation(tool('1', 'Read a file'), sources('2', { searches: ['a screw'] })));
      assert.deepEqual(await announced(), before);
    });

    it('has no fragments of speech announced by the log itself', async () => {
      assert.equal(await log().getAttribute('aria-live'), 'off');
    });
  });
});
