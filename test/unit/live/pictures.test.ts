import assert from 'node:assert/strict';
import { NOTE_PREFIX } from '../../../src/live/notes/notes.ts';
import { type LivePicture, MAX_PICTURE_AGE_MS } from '../../../src/live/uplink/picture-queue.ts';
import { HIGH_WATER_BYTES, PICTURE_LOW_WATER_BYTES, Uplink } from '../../../src/live/uplink/uplink.ts';
import { markOf, picture } from './jpeg.ts';
import { Network } from './network.ts';
import { Peer, type PeerConnection } from './peer.ts';
import { handle, Talk } from './talk.ts';

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const note = (text: string) => `${NOTE_PREFIX} ${text}]`;
const chunk = new Uint8Array(640);

describe('a frame of what is shared', () => {
  let uplink: Uplink;
  let network: Network;
  let sent: LivePicture[];

  beforeEach(() => {
    sent = [];
    network = new Network();
    uplink = new Uplink({ log, microphonePauseMs: 60_000 });
    uplink.on('pictureSent', (one) => void sent.push(one));
  });

  afterEach(() => uplink.dispose());

  it('goes at once on a free line, and whoever gave it is told of that very picture', () => {
    uplink.attach(network);
    const frame = picture({ mark: 1 });
    uplink.pushPicture('screen', frame);
    assert.deepEqual(network.sent, ['picture 1']);
    assert.equal(sent[0], frame);
  });

  it('waits for speech and typed text, and goes when they have gone', () => {
    uplink.attach(network);
    network.bufferedBytes = HIGH_WATER_BYTES;
    uplink.pushPicture('screen', picture({ mark: 1 }));
    uplink.pushAudio(chunk);
    uplink.pushControl({ type: 'text', text: 'What is this?', path: 'clientContent', notes: [] });
    network.bufferedBytes = PICTURE_LOW_WATER_BYTES;
    uplink.pump();
    assert.deepEqual(network.sent, ['text', 'audio']);
    network.bufferedBytes = 0;
    uplink.pump();
    assert.deepEqual(network.sent, ['text', 'audio', 'picture 1']);
  });

  it('is the only one between speech and the network: the next waits until it has gone', () => {
    uplink.attach(network);
    uplink.pushPicture('screen', picture({ bytes: 90_000, mark: 1 }));
    uplink.pushPicture('camera', picture({ bytes: 90_000, mark: 2 }));
    assert.deepEqual(network.sent, ['picture 1']);
    network.bufferedBytes = 0;
    uplink.pushAudio(chunk);
    assert.deepEqual(network.sent, ['picture 1', 'audio', 'picture 2']);
  });

  it('takes the place of an older one of the same source, not of the other', () => {
    for (const mark of [1, 2, 3]) uplink.pushPicture('screen', picture({ mark }));
    uplink.pushPicture('camera', picture({ mark: 9 }));
    uplink.attach(network);
    network.bufferedBytes = 0;
    uplink.pump();
    assert.deepEqual(network.sent, ['picture 3', 'picture 9']);
    assert.equal(uplink.droppedPictures, 2);
  });

  it('is not sent when it has become old, or when its share was stopped while it waited', () => {
    let wanted = true;
    uplink.pushPicture('screen', picture({ mark: 1, isWanted: () => wanted }));
    uplink.pushPicture('camera', picture({ mark: 2, ageMs: MAX_PICTURE_AGE_MS + 1 }));
    wanted = false;
    uplink.attach(network);
    assert.deepEqual(network.sent, []);
    assert.deepEqual(sent, []);
  });

  it('that grew too old, or was stopped, is told of, since what it showed was never seen; a replaced or a sent one is not', () => {
    const dropped: number[] = [];
    const frame = (mark: number, options: { ageMs?: number; isWanted?: () => boolean } = {}): LivePicture => ({
      ...picture({ mark, ...options }),
      dropped: () => void dropped.push(mark),
    });
    uplink.pushPicture('screen', frame(1));
    uplink.pushPicture('screen', frame(2, { ageMs: MAX_PICTURE_AGE_MS + 1 }));
    uplink.pushPicture('camera', frame(3, { isWanted: () => false }));
    uplink.pushPicture('picture', frame(4));
    uplink.attach(network);
    assert.deepEqual(network.sent, ['picture 4']);
    assert.deepEqual(dropped, [2, 3]);
    assert.equal(uplink.droppedPictures, 3);
  });
});

describe('a single picture', () => {
  let peer: Peer;
  let talk: Talk;
  let service: PeerConnection;

  beforeEach(async () => {
    peer = await Peer.listen();
    talk = new Talk({ baseUrl: peer.baseUrl, session: { timings: { backoffFirstMs: 1, backoffLongestMs: 2 } } });
    talk.session.start();
  });

  afterEach(async () => {
    talk.session.dispose();
    await peer.close();
  });

  const connected = async () => {
    service = await peer.connection();
    await service.accept();
    await talk.state('live');
  };
  /** Marks of the pictures that came before the next words, which have to come for it. */
  const shownBefore = async (words: string): Promise<number[]> => {
    talk.session.sendText(words);
    await service.hears('clientContent');
    return service.heard.flatMap((message) => {
      const { video } = (message['realtimeInput'] ?? {}) as { video?: { data: string } }; // what the SDK sends
      return video === undefined ? [] : [markOf(Buffer.from(video.data, 'base64'))];
    });
  };

  it('goes up as a JPEG, before what is typed after it, however old it is', async () => {
    await connected();
    const still = picture({ mark: 7, ageMs: 60_000 });
    assert.equal(talk.session.sendStill(still), true);
    assert.deepEqual(await shownBefore('What is this?'), [7]);
    assert.deepEqual(talk.all('pictureSent'), [{ what: 'pictureSent', picture: still }]);
  });

  it('waits for the connection, and so do several, in order', async () => {
    for (const mark of [1, 2, 3]) talk.session.sendStill(picture({ mark }));
    await connected();
    assert.deepEqual(await shownBefore('What is this?'), [1, 2, 3]);
  });

  it('is let go where eight came after it before there was a connection, and the model is told of the eight only', async () => {
    const dropped: number[] = [];
    for (const mark of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const still = { ...picture({ mark }), dropped: () => void dropped.push(mark) };
      talk.session.sendStill(still, `The person shows "${mark}.png".`);
    }
    assert.deepEqual(dropped, [1]);
    await connected();
    assert.deepEqual(await shownBefore('What are these?'), [2, 3, 4, 5, 6, 7, 8, 9]);
    const told = service.heard.map((message) => JSON.stringify(message)).join('');
    assert.doesNotMatch(told, /1\.png|does not hold/);
    assert.match(told, /2\.png.*9\.png/);
  });

  it('that has been shown is not said to be let go', async () => {
    await connected();
    const dropped: number[] = [];
    for (const mark of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      talk.session.sendStill({ ...picture({ mark }), dropped: () => void dropped.push(mark) });
    }
    assert.equal((await shownBefore('What are these?')).length, 9);
    service.cut();
    await talk.state('reconnecting');
    talk.session.sendStill({ ...picture({ mark: 10 }), dropped: () => void dropped.push(10) });
    assert.deepEqual(dropped, []);
  });

  it('that nobody wants any more when the line is back is not spoken of either', async () => {
    await connected();
    service.say(handle('h1'), { usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length === 1);
    service.cut();
    await talk.state('reconnecting');
    let wanted = true;
    talk.session.sendStill(picture({ mark: 1, isWanted: () => wanted }), 'The person shows "shelf.jpg".');
    wanted = false;
    service = await peer.connection();
    assert.doesNotMatch(JSON.stringify(await service.accept()), /shelf/);
    await talk.state('live');
    assert.deepEqual(await shownBefore('What is this?'), []);
    assert.doesNotMatch(JSON.stringify(service.heard), /shelf/);
  });

  it('that the resumed session cannot have is shown again, one that it has is not', async () => {
    await connected();
    talk.session.sendStill(picture({ mark: 1 }));
    assert.deepEqual(await shownBefore('First.'), [1]);
    service.say(handle('h1'), { usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length === 1);
    talk.session.sendStill(picture({ mark: 2 }));
    assert.deepEqual(await shownBefore('Second.'), [1, 2]);
    service.cut();
    await talk.state('reconnecting');
    talk.session.sendStill(picture({ mark: 3 }));
    await connected();
    assert.deepEqual(await shownBefore('Third.'), [2, 3]);
  });

  it('that crossed a handle on its way is shown again to the session that is resumed with it', async () => {
    await connected();
    service.pause();
    talk.session.sendStill(picture({ mark: 1 }));
    service.say(handle('h1'), { usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length === 1);
    service.cut();
    await connected();
    assert.deepEqual(await shownBefore('What is this?'), [1]);
  });

  it('comes with words about it, each its own, which are told once and are no standing fact', async () => {
    await connected();
    talk.session.sendStill(picture({ mark: 1 }), 'The person shows "shelf.jpg".');
    talk.session.sendStill(picture({ mark: 2 }), 'The person shows "plan.png".');
    talk.session.sendStill(picture({ mark: 3 }));
    assert.deepEqual(await shownBefore('What are these?'), [1, 2, 3]);
    const [question] = service.heard.flatMap(({ clientContent }) =>
      clientContent === undefined ? [] : [clientContent],
    );
    const [turn] = (question as { turns: { parts: { text: string }[] }[] }).turns; // what the SDK sends
    assert.deepEqual(
      turn?.parts.map(({ text }) => text),
      [note('The person shows "shelf.jpg".'), note('The person shows "plan.png".'), 'What are these?'],
    );
    service.say(handle('h1'), { usageMetadata: { totalTokenCount: 1 } });
    await talk.until(() => talk.all('usage').length === 1);
    service.cut();
    service = await peer.connection();
    assert.doesNotMatch(JSON.stringify(await service.accept()), /shelf|plan/);
  });

  it('keeps the words about it for a session that has to be shown it again', async () => {
    await connected();
    talk.session.sendStill(picture({ mark: 1 }), 'The person shows "shelf.jpg".');
    assert.deepEqual(await shownBefore('What is this?'), [1]);
    service.cut();
    service = await peer.connection();
    assert.match(JSON.stringify((await service.accept())['systemInstruction']), /The person shows .*shelf\.jpg/);
    await talk.state('live');
    assert.deepEqual(await shownBefore('And this?'), [1]);
  });

  it('is not shown once nobody wants it any more, and is refused after the end', async () => {
    let wanted = true;
    talk.session.sendStill(picture({ mark: 1, isWanted: () => wanted }));
    wanted = false;
    await connected();
    assert.deepEqual(await shownBefore('What is this?'), []);
    await talk.session.stop();
    assert.equal(talk.session.sendStill(picture()), false);
  });
});
