import assert from 'node:assert/strict';
import { startLiveServer, type LiveServer } from '../../live-server/index.ts';
import { jpeg } from '../live/jpeg.ts';
import { connectSession, type WireClient } from './wire-client.ts';

describe('the record of pictures', () => {
  let server: LiveServer;
  let client: WireClient;

  beforeEach(async () => {
    server = await startLiveServer();
    client = await connectSession(server);
  });

  afterEach(async () => server.close());

  const show = async (picture: Uint8Array, via: 'realtimeInput' | 'clientContent' = 'realtimeInput') => {
    const blob = { data: Buffer.from(picture).toString('base64'), mimeType: 'image/jpeg' };
    const turns = [{ role: 'user', parts: [{ inlineData: blob }] }];
    client.send(via === 'realtimeInput' ? { realtimeInput: { video: blob } } : { clientContent: { turns } });
    return (await server.next('picture')).picture;
  };

  it('has each with its bytes and size, whichever way it came', async () => {
    const first = jpeg({ widthPx: 1280, heightPx: 720, mark: 1 });
    const second = jpeg({ widthPx: 400, heightPx: 300, mark: 2 });
    await show(first);
    await show(second, 'clientContent');
    const { pictures, pictureCount } = server.connection.record;
    assert.deepEqual(
      pictures.map(({ bytes, widthPx, heightPx }) => [
        Buffer.compare(bytes, widthPx === 400 ? second : first),
        widthPx,
        heightPx,
      ]),
      [
        [0, 1280, 720],
        [0, 400, 300],
      ],
    );
    assert.equal(pictureCount, 2);
  });

  it('advises against large ones without a warning, once, and warns of more than one a second', async () => {
    await show(jpeg({ widthPx: 1600, heightPx: 900 }));
    assert.equal(server.connection.record.warnings.length, 0);
    await show(jpeg({ widthPx: 1600, heightPx: 900 }));
    const { warnings, advice } = server.connection.record;
    assert.equal(warnings.length, 1);
    assert.match(warnings.join(''), /over 1 a second/);
    assert.deepEqual(advice, ['a picture of 1600x900 is over 768 pixels']);
  });
});
