import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { capabilitiesOf, VOICES } from '../../../src/live/models.ts';
import type { LiveSettings } from '../../../src/live/settings.ts';
import { Peer } from './peer.ts';
import { handle, Talk } from './talk.ts';
import { LOOK, REST } from './tools.ts';

/** What each model is told at the beginning, written beside this test; `UPDATE_GOLDEN=1` writes it anew. */
const GOLDEN: readonly (readonly [string, Partial<LiveSettings>])[] = [
  ['3.8-live', { model: 'gemini-3.8-live' }],
  [
    '3.8-live-everything-chosen',
    {
      model: 'gemini-3.8-live',
      reply: 'text',
      voice: 'kore',
      thinking: 'high',
      instructions: 'Speak Norwegian.',
      pictureDetail: 'high',
      googleSearch: true,
      tools: [LOOK],
      voiceActivity: { startSensitivity: 'low', endSensitivity: 'high', silenceMs: 500, prefixMs: 20 },
    },
  ],
  ['3.8-live-extended-thinking', { model: 'gemini-3.8-live-extended-thinking' }],
  ['3.8-live-extended-thinking-high', { model: 'gemini-3.8-live-extended-thinking', thinking: 'high' }],
  ['3.8-live-extended-thinking-tools', { model: 'gemini-3.8-live-extended-thinking', tools: [REST] }],
  ['3.1-flash-live', { model: 'gemini-3.1-flash-live-preview', thinking: 'minimal', voice: 'Puck' }],
  [
    '2.5-native-audio',
    {
      model: 'gemini-2.5-flash-native-audio-preview-12-2025',
      thinking: 'low',
      pictureDetail: 'low',
      tools: [LOOK, REST],
    },
  ],
  ['2.0-flash-live-text', { model: 'gemini-2.0-flash-live-001', reply: 'text', voice: 'Puck' }],
  ['unknown', { model: 'gemini-9-live-something', thinking: 'low' }],
];

describe('the setup', () => {
  let peer: Peer;
  let talk: Talk | undefined;

  beforeEach(async () => {
    peer = await Peer.listen();
  });

  afterEach(async () => {
    talk?.session.dispose();
    await peer.close();
  });

  for (const [name, settings] of GOLDEN) {
    it(`on the wire for ${name} is as written`, async () => {
      talk = new Talk({ baseUrl: peer.baseUrl, settings });
      talk.session.start();
      const setup = await (await peer.connection()).hears('setup');
      const file = new URL(`golden/${name}.json`, import.meta.url);
      if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(file, `${JSON.stringify(setup, undefined, 2)}\n`);
      assert.deepEqual(setup, JSON.parse(await readFile(file, 'utf8')));
    });
  }

  it('says which settings the model refuses and leaves them out', async () => {
    talk = new Talk({ baseUrl: peer.baseUrl, settings: { thinking: 'high', voice: 'Hal' } });
    talk.session.start();
    const setup = JSON.stringify(await (await peer.connection()).hears('setup'));
    assert.doesNotMatch(setup, /thinkingConfig|Hal/);
    assert.deepEqual(
      talk.all('notice').map(({ sentence }) => sentence),
      [
        'There is no voice "Hal". The model uses its own voice.',
        'gemini-3.8-live does not support the thinking setting, so "high" is ignored.',
      ],
    );
  });

  it('resumes with the newest handle that was resumable, and never sends an empty one', async () => {
    talk = new Talk({ baseUrl: peer.baseUrl });
    talk.session.start();
    const first = await peer.connection();
    assert.deepEqual((await first.accept(handle('old'), handle('new')))['sessionResumption'], {});
    first.say({ sessionResumptionUpdate: { newHandle: 'not-now', resumable: false } }, { sessionResumptionUpdate: {} });
    first.say({ usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk?.all('usage').length === 1);
    first.cut();
    assert.deepEqual((await (await peer.connection()).hears('setup'))['sessionResumption'], { handle: 'new' });
  });

  it('knows names of tomorrow by their family, and the thirty voices', () => {
    assert.equal(capabilitiesOf('models/gemini-3.8-live-002').family, 'live-3.8');
    assert.equal(capabilitiesOf('GEMINI-3.8-Live-Extended-Thinking-preview').family, 'extended-thinking-3.8');
    assert.equal(capabilitiesOf('gemini-live-2.5-flash-native-audio').family, 'native-audio-2.5');
    assert.equal(capabilitiesOf('gemini-live-2.5-flash-preview').textReplies, true);
    assert.equal(capabilitiesOf('gemini-5-live').thinking.kind, 'refused');
    assert.equal(new Set(VOICES).size, 30);
  });
});
