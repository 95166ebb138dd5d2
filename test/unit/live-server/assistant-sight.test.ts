import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { startAssistantServer } from '../../live-server/assistant/assistant-server.ts';
import type { LiveServer } from '../../live-server/index.ts';
import type { JsonObject } from '../../live-server/wire/json-value.ts';
import { ensureReadingPrograms } from '../../sight/reading-programs.ts';
import { startTextPictures, type TextPictures } from '../../sight/text-picture.ts';
import { connectSession, type WireClient } from './wire-client.ts';

const DELIVERY = { timesRealTime: 100, turnComplete: 'early' } as const;
const TOOLS = [{ functionDeclarations: [{ name: 'look_closer' }, { name: 'point_at' }] }];
const SIZE = { widthPx: 800, heightPx: 500 };

describe('the modest assistant looks at what it is shown', function () {
  this.timeout(30_000);
  let pictures: TextPictures;
  /** Says "Wing nuts and washers" in the middle of the right half. */
  let shelf: Buffer;
  let detail: Buffer;
  let server: LiveServer;

  before(async () => {
    ensureReadingPrograms();
    pictures = await startTextPictures();
    shelf = await pictures.draw({ text: 'Wing nuts and washers', typePx: 16, at: [480, 240], ...SIZE });
    detail = await pictures.draw({ text: 'Serial number 4711', typePx: 14, widthPx: 400, heightPx: 250 });
  });
  after(() => pictures.close());
  beforeEach(async () => {
    server = await startAssistantServer({ delivery: DELIVERY });
  });
  afterEach(() => server.close());

  const show = (client: WireClient, jpeg: Buffer): void =>
    client.send({ realtimeInput: { video: { data: jpeg.toString('base64'), mimeType: 'image/jpeg' } } });
  const ask = (client: WireClient, text: string): void => client.send({ realtimeInput: { text } });
  const answered = async (): Promise<string> => (await server.next('reply-finished')).reply.text;

  async function called(client: WireClient): Promise<{ id: string; name: string; args: JsonObject }> {
    const { toolCall } = await client.next('toolCall', (message) => message.toolCall !== undefined);
    const [call] = toolCall?.functionCalls ?? [];
    assert.ok(call);
    return call;
  }
  const respond = (client: WireClient, { id, name }: { id: string; name: string }, response: JsonObject): void =>
    client.send({ toolResponse: { functionResponses: [{ id, name, response }] } });

  it('says how many pictures came, how large, how old and what words are on the newest', async () => {
    const client = await connectSession(server);
    show(client, detail);
    show(client, shelf);
    ask(client, 'What do you see?');
    const said = await answered();
    assert.match(said, /^I have been shown 2 pictures: 1 of 400 by 250 pixels and 1 of 800 by 500 pixels\./);
    assert.match(said, /The newest, of \d+ kilobytes?, came just now\. I read: Wing nuts and washers\.$/);
  });

  it('reads it aloud', async () => {
    const client = await connectSession(server);
    show(client, shelf);
    ask(client, 'What does it say?');
    assert.equal(await answered(), 'I read: Wing nuts and washers.');
  });

  it('answers the later of two questions only, when the first still made it read', async () => {
    const client = await connectSession(server);
    show(client, shelf);
    ask(client, 'Read it.');
    ask(client, 'Count to 2');
    assert.equal(await answered(), '1, 2. Done.');
    ask(client, 'Read it again.');
    assert.match(await answered(), /I read: Wing nuts and washers\.$/);
    assert.equal(server.records[0]?.replies.length, 2);
  });

  it('calls look_closer for the part it is asked about, and reads what came of it', async () => {
    const client = await connectSession(server, { tools: TOOLS });
    show(client, shelf);
    ask(client, 'Look closer at the top left.');
    const call = await called(client);
    assert.deepEqual([call.name, call.args], ['look_closer', { source: 'screen', region: [0, 0, 500, 500] }]);
    show(client, detail);
    respond(client, call, { status: 'ok' });
    assert.equal(await answered(), 'I looked closer at the top left. I read: Serial number 4711.');
  });

  it('asks for the camera when no screen is shared, and says what it was told when there is neither', async () => {
    const client = await connectSession(server, { tools: TOOLS });
    ask(client, 'Can you zoom in?');
    const first = await called(client);
    respond(client, first, { status: 'error', message: 'No screen is shared.', retry: false });
    const second = await called(client);
    assert.equal(second.args['source'], 'camera');
    respond(client, second, { status: 'error', message: 'No camera is shared.', retry: false });
    assert.equal(await answered(), 'No camera is shared.');
  });

  it('points at words with the box in which they really stand', async () => {
    const client = await connectSession(server, { tools: TOOLS });
    show(client, shelf);
    ask(client, 'Where is “washers”?');
    const call = await called(client);
    assert.equal(call.name, 'point_at');
    assert.equal(call.args['label'], 'washers');
    const [top = 0, left = 0, bottom = 0, right = 0] = call.args['box'] as number[];
    assert.ok(top > 470 && bottom < 540 && top < bottom, `${top} to ${bottom}`);
    assert.ok(left > 720 && right < 860 && right - left > 50, `${left} to ${right}`);
    respond(client, call, { status: 'ok' });
    assert.equal(await answered(), 'There: washers, at the right.');
  });

  it('says so when the words are not there, or nobody gave it the tool', async () => {
    const client = await connectSession(server, { tools: TOOLS });
    show(client, shelf);
    ask(client, 'Where is the hammer?');
    assert.match(await answered(), /^I do not find hammer among/);
    const without = await connectSession(server);
    ask(without, 'Look closer, please.');
    assert.match(await answered(), /nobody gave me the tool look_closer/);
  });
});

describe('the modest assistant without anything that reads', () => {
  it('says that it cannot read here', async () => {
    const server = await startAssistantServer(
      { delivery: DELIVERY },
      { readPicture: () => Promise.resolve(undefined) },
    );
    try {
      const client = await connectSession(server);
      const data = 'iVBORw0KGgoAAAANSUhEUgAABQAAAALQCAYAAADPfd1W';
      client.send({ realtimeInput: { video: { data, mimeType: 'image/png' } } });
      client.send({ realtimeInput: { text: 'What do you see?' } });
      const { reply } = await server.next('reply-finished');
      assert.match(reply.text, /1280 by 720 pixels.* I cannot read words here, because tesseract is not installed\.$/);
    } finally {
      await server.close();
    }
  });
});
