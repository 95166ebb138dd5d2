import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { OutgoingPictures } from '../../src/talk/sharing/outgoing-pictures.ts';
import { Stills, type StillOutcome } from '../../src/talk/sharing/stills.ts';
import type { ToSurface } from '../../src/protocol/messages.ts';
import { SurfaceHub } from '../../src/surface/hub.ts';
import { TestSurface } from './test-surface.ts';
import { jpeg } from '../unit/live/jpeg.ts';
import { Peer } from '../unit/live/peer.ts';
import { Talk } from '../unit/live/talk.ts';

/** As many as are kept for a line, and one more. */
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name) => `${name}.png`);

/** A view that makes a picture of whatever file it is given. */
class PreparingPanel extends TestSurface {
  override post(message: ToSurface): void {
    super.post(message);
    if (message.type !== 'prepareStill') return;
    const { request, name } = message;
    queueMicrotask(() => this.says({ type: 'still', request, name, jpeg: jpeg(), widthPx: 4, heightPx: 3 }));
  }
}

describe('pictures that are shown while there is no line', () => {
  let peer: Peer;
  let talk: Talk;
  let stills: Stills;
  let hub: SurfaceHub;

  beforeEach(async () => {
    peer = await Peer.listen();
    talk = new Talk({ baseUrl: peer.baseUrl });
    talk.session.start();
    const outgoing = new OutgoingPictures();
    talk.session.on('pictureSent', (picture) => void outgoing.sent(picture));
    hub = new SurfaceHub();
    const panel = new PreparingPanel('panel');
    hub.add(panel);
    panel.join('playback');
    stills = new Stills(hub, outgoing);
  });

  afterEach(async () => {
    stills.dispose();
    hub.dispose();
    talk.session.dispose();
    await peer.close();
  });

  async function show(name: string): Promise<StillOutcome> {
    const still = await stills.prepare({ name, mimeType: 'image/png', bytes: new Uint8Array() });
    assert.ok(typeof still !== 'string', name);
    return stills.send(talk.session, still);
  }

  it('wait for it; one that too many came after is answered for at once', async () => {
    const shown = NAMES.map(show);
    assert.equal(await shown[0], 'no-line');
    await (await peer.connection()).accept();
    assert.deepEqual(new Set(await Promise.all(shown.slice(1))), new Set(['sent']));
  });

  it('come to nothing with the session', async () => {
    const shown = show('a.png');
    await talk.session.stop();
    assert.equal(await shown, 'no-session');
  });
});
