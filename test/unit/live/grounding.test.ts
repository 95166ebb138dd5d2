import assert from 'node:assert/strict';
import { MAX_LINKS, MAX_SEARCHES, readGrounding } from '../../../src/live/wire/grounding.ts';
import { LIVE_MODELS, LOCAL_API_KEY, startLiveServer } from '../../live-server/index.ts';
import { Peer, type Json, type PeerConnection } from './peer.ts';
import { audio, GENERATED, hears, INTERRUPTED, says, Talk, TURN_DONE } from './talk.ts';
import { LOOK } from './tools.ts';

const page = (uri: string, title?: string): Json => ({ web: { uri, ...(title === undefined ? {} : { title }) } });
const grounded = (groundingMetadata: Json): Json => ({ serverContent: { groundingMetadata } });
const SCREWS = grounded({
  webSearchQueries: ['M6 confirmat screw'],
  groundingChunks: [page('https://screws.example/m6', 'screws.example')],
});

describe('an answer that rests on Google Search', () => {
  let peer: Peer;
  let talk: Talk;
  let service: PeerConnection;

  beforeEach(async () => {
    peer = await Peer.listen();
    talk = new Talk({ baseUrl: peer.baseUrl, settings: { googleSearch: true } });
    talk.session.start();
    service = await peer.connection();
    await service.accept();
    await talk.state('live');
  });

  afterEach(async () => {
    talk.session.dispose();
    await peer.close();
  });

  const say = async (...messages: Json[]) => {
    const seen = talk.all('usage').length;
    service.say(...messages, { usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length > seen);
  };
  /** What a person sees below each reply, as the last of each entry says. */
  const sources = () => {
    const entries = new Map(talk.all('sources').map(({ reply, entry }) => [entry.id, { reply, entry }]));
    return [...entries.values()].map(({ reply, entry: { links, searches } }) => ({
      reply,
      pages: links.map(({ title, uri }) => `${title} ${uri}`),
      searches,
    }));
  };
  const SCREWS_BELOW_1 = {
    reply: 1,
    pages: ['screws.example https://screws.example/m6'],
    searches: ['M6 confirmat screw'],
  };

  it('has its sources right below it, whether they come with its words or before them', async () => {
    await say(hears('Which screw?'), SCREWS);
    assert.deepEqual(sources(), [], 'there is nothing yet for them to stand below');
    await say(says('An M6.'), audio(480), GENERATED, TURN_DONE);
    assert.deepEqual(sources(), [SCREWS_BELOW_1]);
    const order = talk.told.flatMap((told) =>
      told.what === 'entry' || told.what === 'sources' ? [told.entry.kind] : [],
    );
    assert.ok(order.indexOf('reply') < order.indexOf('sources'), order.join(' '));
    const reply = talk.entries.find(({ kind }) => kind === 'reply');
    assert.equal(talk.all('sources').at(-1)?.entry.atMs, reply?.atMs);
  });

  it('keeps what comes after its end, and gathers what comes in parts, each page and search once', async () => {
    await say(hears('Which screw?'), says('An M6.'), audio(480), SCREWS, GENERATED, TURN_DONE);
    await say(
      SCREWS,
      grounded({ groundingChunks: [page('https://wood.example/', 'Wood')], webSearchQueries: ['dowel'] }),
    );
    assert.deepEqual(sources(), [
      {
        reply: 1,
        pages: ['screws.example https://screws.example/m6', 'Wood https://wood.example/'],
        searches: ['M6 confirmat screw', 'dowel'],
      },
    ]);
  });

  it('keeps them when it is interrupted; those of the next answer are its own', async () => {
    await say(hears('Which screw?'), says('An M6.'), audio(24_000), INTERRUPTED, SCREWS, TURN_DONE);
    await say(
      hears('And which dowel?'),
      grounded({ webSearchQueries: ['dowel'] }),
      says('8 mm.'),
      audio(480),
      TURN_DONE,
    );
    assert.deepEqual(sources(), [SCREWS_BELOW_1, { reply: 2, pages: [], searches: ['dowel'] }]);
  });
});

describe('what the service says of its sources', () => {
  it('is read with its web addresses only, a page without a title by where it is', () => {
    const groundingChunks = [
      page('javascript:alert(1)', 'Click'),
      page('http://plain.example/', 'Plain'),
      page('not an address', 'None'),
      page(`https://long.example/${'x'.repeat(3_000)}`, 'Long'),
      { retrievedContext: { uri: 'https://store.example/' } },
      null,
      page('https://good.example/a b', ' Two\nlines '),
      page('https://bare.example/path'),
    ];
    assert.deepEqual(readGrounding({ groundingChunks })?.links, [
      { uri: 'https://good.example/a%20b', title: 'Two lines' },
      { uri: 'https://bare.example/path', title: 'bare.example' },
    ]);
  });

  it('is bounded, however much it is', () => {
    const many = Array.from({ length: 500 }, (_, at) => at);
    const { links, searches } = readGrounding({
      groundingChunks: many.map((at) => page(`https://many.example/${at}`, 'x'.repeat(10_000))),
      webSearchQueries: many.map((at) => `${at} ${'x'.repeat(10_000)}`),
    }) ?? { links: [], searches: [] };
    assert.deepEqual([links.length, searches.length], [MAX_LINKS, MAX_SEARCHES]);
    assert.ok([...links.map(({ title }) => title), ...searches].every(({ length }) => length <= 200));
  });

  it('has its searches in the suggestions, where they do not stand by themselves', () => {
    const renderedContent =
      '<style>.chip{}</style><div><a class="chip" href="https://google.example/1">nuts &amp; bolts</a>' +
      '<a href="#">M6<b></b></a><a>screw</a></div>';
    assert.deepEqual(readGrounding({ searchEntryPoint: { renderedContent } })?.searches, ['nuts & bolts', 'screw']);
  });

  for (const nothing of [
    undefined,
    null,
    [],
    'text',
    {},
    { groundingChunks: 7, webSearchQueries: {}, searchEntryPoint: [] },
  ]) {
    it(`is nothing where it is ${JSON.stringify(nothing)}`, () => {
      assert.equal(readGrounding(nothing), undefined);
    });
  }
});

describe('Google Search', () => {
  for (const { name, services } of LIVE_MODELS.filter((model) => model.services.includes('gemini'))) {
    it(`is offered to ${name} beside tools, which takes both (${services.join(', ')})`, async () => {
      const server = await startLiveServer();
      const talk = new Talk({
        baseUrl: server.baseUrl,
        credentials: { kind: 'gemini', apiKey: LOCAL_API_KEY },
        settings: { model: name, googleSearch: true, tools: [LOOK] },
      });
      try {
        talk.session.start();
        await talk.state('live');
        const tools = server.connection.record.setup?.['tools'] as Json[]; // as the SDK sends them
        assert.deepEqual(
          tools.map((tool) => Object.keys(tool)),
          [['functionDeclarations'], ['googleSearch']],
        );
        assert.deepEqual(talk.all('notice'), []);
      } finally {
        talk.session.dispose();
        await server.close();
      }
    });
  }
});
