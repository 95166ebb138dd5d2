import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { OutgoingPictures } from '../../src/talk/sharing/outgoing-pictures.ts';
import { Stills } from '../../src/talk/sharing/stills.ts';
import { jpeg } from '../unit/live/jpeg.ts';
import { Peer } from '../unit/live/peer.ts';
import { Talk } from '../unit/live/talk.ts';

/** As many as are kept for a line, and one more. */
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name) => `${name}.png`);

describe('pictures that are shown while there is no line', () => {
  let peer: Peer;
  let talk: Talk;
  let stills: Stills;

  beforeEach(async () => {
    peer = await Peer.listen();
    talk = new Talk({ baseUrl: peer.baseUrl });
    talk.session.start();
    const outgoing = new OutgoingPictures();
    talk.session.on('pictureSent', (picture) => void outgoing.sent(picture));
    stills = new Stills({
      outgoing,
      prepare: ({ request, name }) => {
        queueMicrotask(() => stills.receive({ type: 'still', request, name, jpeg: jpeg(), widthPx: 4, heightPx: 3 }));
        return true;
      },
      session: () => Promise.resolve(talk.session),
    });
  });

  afterEach(async () => {
    stills.dispose();
    talk.session.dispose();
    await peer.close();
  });

  it('wait for it; one that too many came after is answered for at once', async () => {
    const shown = NAMES.map((name) => stills.show({ name, mimeType: 'image/png', bytes: new Uint8Array() }));
    assert.equal(await shown[0], 'no-line');
    await (await peer.connection()).accept();
    assert.deepEqual(new Set(await Promise.all(shown.slice(1))), new Set(['sent']));
  });

  it('come to nothing with the session', async () => {
    const shown = stills.show({ name: 'a.png', mimeType: 'image/png', bytes: new Uint8Array() });
    await talk.session.stop();
    assert.equal(await shown, 'no-session');
  });
});
