import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { MAX_STILL_BYTES } from '../../src/protocol/limits.ts';
import type { StillFailure } from '../../src/protocol/picture.ts';
import type { StillMessage } from '../../src/protocol/messages.ts';
import { isNear, PicturePixels, type Rgb } from './picture-pixels.ts';
import { launchSharingChromium, PictureStage } from './picture-stage.ts';

const QUARTERS = `
  const [w, h] = [width / 2, height / 2];
  [['#c00', 0, 0], ['#0a0', w, 0], ['#00c', 0, h], ['#cc0', w, h]].forEach(([colour, x, y]) => {
    context.fillStyle = colour;
    context.fillRect(x, y, w, h);
  });`;
const [RED, GREEN, BLUE, YELLOW, WHITE]: readonly Rgb[] = [
  [0xcc, 0, 0],
  [0, 0xaa, 0],
  [0, 0, 0xcc],
  [0xcc, 0xcc, 0],
  [255, 255, 255],
];
const CORNERS = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
] as const;

/** An animated GIF of 4 by 4 px: red, then blue. */
const GIF = Buffer.from(
  '47494638396104000400f00000cc000000000021f904006400000021ff0b4e45545343415045322e300301000000' +
    '2c0000000004000400000204848f09050021f90400640000002c0000000004000400800000cc0000000204848f090500' +
    '3b',
  'hex',
);

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const svg = (inside: string, root = 'width="400" height="300"'): Uint8Array =>
  text(`<svg xmlns="http://www.w3.org/2000/svg" ${root}>${inside}</svg>`);

describe('A picture file', () => {
  let browser: Browser;
  let stage: PictureStage;
  let pixels: PicturePixels;
  let request = 0;

  before(async () => {
    browser = await launchSharingChromium();
    stage = await PictureStage.open(browser);
    pixels = await PicturePixels.open(browser);
    // Stills need no media role.
    stage.post({ type: 'roles', view: true, media: false });
    const off = { state: { kind: 'off' }, sentFrames: 0 } as const;
    stage.post({ type: 'shares', shares: { screen: off, camera: off, focus: 'screen', sessionOpen: true } });
  });
  after(async () => {
    await stage.untilNoWorker();
    assert.deepEqual(stage.visit.complaints, []);
    assert.deepEqual(stage.errors, []);
    await stage.close();
    await browser.close();
  });

  async function prepare(
    name: string,
    bytes: Uint8Array,
    mimeType = 'image/png',
  ): Promise<StillMessage | StillFailure> {
    request += 1;
    const asked = request;
    stage.post({ type: 'prepareStill', request: asked, name, mimeType, bytes });
    return stage.host.changes.until(() => {
      for (const message of stage.received) {
        if (message.type === 'still' && message.request === asked) return message;
        if (message.type === 'stillFailed' && message.request === asked) return message.reason;
      }
      return undefined;
    });
  }

  async function still(name: string, bytes: Uint8Array, mimeType?: string): Promise<StillMessage> {
    const made = await prepare(name, bytes, mimeType);
    if (typeof made === 'string') assert.fail(`${name}: ${made}`);
    assert.equal(made.name, name);
    assert.ok(made.jpeg.byteLength <= MAX_STILL_BYTES);
    return made;
  }

  async function sees(made: StillMessage, colours: readonly (Rgb | undefined)[]): Promise<void> {
    const seen = await pixels.look(made.jpeg, CORNERS);
    assert.deepEqual([seen.widthPx, seen.heightPx], [made.widthPx, made.heightPx]);
    colours.forEach((colour, corner) => {
      if (colour !== undefined) assert.ok(isNear(seen.colours[corner], colour), String(seen.colours[corner]));
    });
  }

  for (const type of ['image/png', 'image/jpeg', 'image/webp']) {
    it(`may be ${type}, and keeps its size and colours`, async () => {
      const made = await still('quarters', await pixels.draw(type, 640, 480, QUARTERS), type);
      assert.deepEqual([made.widthPx, made.heightPx], [640, 480]);
      await sees(made, [RED, GREEN, BLUE, YELLOW]);
    });
  }

  it('that is large is shrunk to 2,048 px along its longer side', async () => {
    const made = await still('large', await pixels.draw('image/png', 3000, 6000, QUARTERS));
    assert.deepEqual([made.widthPx, made.heightPx], [1024, 2048]);
    await sees(made, [RED, GREEN, BLUE, YELLOW]);
  });

  it('lies on white where it is transparent', async () => {
    const draw = `context.fillStyle = '#c00'; context.fillRect(0, 0, width / 2, height / 2);`;
    await sees(await still('alpha', await pixels.draw('image/png', 200, 200, draw)), [RED, WHITE, WHITE, WHITE]);
    const drawn = svg('<rect width="200" height="150" fill="#c00"/>');
    await sees(await still('alpha', drawn, 'image/svg+xml'), [RED, WHITE, WHITE, WHITE]);
  });

  it('from a telephone is turned upright as its EXIF data says', async () => {
    const jpeg = await pixels.draw('image/jpeg', 400, 200, QUARTERS);
    // Orientation 6: the camera was turned a quarter to the left.
    const made = await still('turned', withOrientation(jpeg, 6), 'image/jpeg');
    assert.deepEqual([made.widthPx, made.heightPx], [200, 400]);
    await sees(made, [BLUE, RED, YELLOW, GREEN]);
  });

  it('that moves shows its first picture', async () => {
    const made = await still('moving', GIF, 'image/gif');
    await sees(made, [RED, RED, RED, RED]);
  });

  it('that is a drawing is drawn large enough to be read, in the shape of its view box', async () => {
    const circle = '<circle cx="10" cy="5" r="4" fill="#00c"/>';
    const small = await still('icon', svg(circle, 'viewBox="0 0 20 10"'), 'image/svg+xml');
    assert.deepEqual([small.widthPx, small.heightPx], [1024, 512]);
    const huge = await still('map', svg(circle, 'width="9000" height="4500" viewBox="0 0 20 10"'), 'image/svg+xml');
    assert.deepEqual([huge.widthPx, huge.heightPx], [2048, 1024]);
  });

  it('that is a drawing may begin with a long licence, and have its elements under a prefix', async () => {
    const licence = `<!-- ${'All rights reserved. '.repeat(1_000)}-->`;
    const drawing = Buffer.from(svg('<rect width="400" height="300" fill="#00c"/>')).toString();
    await sees(await still('licensed', text(licence + drawing)), [BLUE, BLUE, BLUE, BLUE]);
    const prefixed = text(`<svg:svg xmlns:svg="http://www.w3.org/2000/svg" width="400" height="300">
      <svg:rect width="400" height="300" fill="#0a0"/></svg:svg>`);
    await sees(await still('prefixed', prefixed), [GREEN, GREEN, GREEN, GREEN]);
    // Further than its head reaches: the host has read all of it.
    const endless = text(licence.repeat(20) + drawing);
    await sees(await still('endless', endless, 'image/svg+xml'), [BLUE, BLUE, BLUE, BLUE]);
  });

  it('that is a drawing with HTML in it, as Mermaid exports them, shows that too', async () => {
    const html = `<foreignObject width="400" height="300"><div xmlns="http://www.w3.org/1999/xhtml"
      style="background:#0a0;width:400px;height:300px">Box</div></foreignObject>`;
    await sees(await still('mermaid', svg(html), 'image/svg+xml'), [undefined, GREEN, GREEN, GREEN]);
  });

  it('that is a drawing with scripts is inert: nothing runs, and nothing is loaded', async () => {
    const asked: string[] = [];
    stage.context.on('request', (loading) => asked.push(loading.url()));
    const evil = svg(`<script>window.pwned = 1; fetch('/pwned')</script>
      <image href="/pwned.png" width="9" height="9"/><style>@import url('/pwned.css');</style>
      <foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="/pwned.html"/></foreignObject>
      <rect width="400" height="300" fill="#00c" onload="window.pwned = 2" onclick="window.pwned = 3"/>`);
    await sees(await still('evil.svg', evil, 'image/svg+xml'), [BLUE, BLUE, BLUE, BLUE]);
    assert.equal(await stage.page.evaluate('window.pwned'), undefined);
    assert.deepEqual(
      asked.filter((url) => url.includes('pwned')),
      [],
    );
  });

  it('that cannot be shown says why', async () => {
    const png = await pixels.draw('image/png', 64, 64, QUARTERS);
    assert.equal(await prepare('cut off.png', png.subarray(0, 40)), 'not-a-picture');
    assert.equal(await prepare('words.png', text('These are words.')), 'not-a-picture');
    assert.equal(await prepare('nothing.png', new Uint8Array()), 'not-a-picture');
    assert.equal(await prepare('broken.svg', text('<svg xmlns="http://www.w3.org/2000/svg"><g>')), 'not-a-picture');
    assert.equal(await prepare('photo.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0')), 'unsupported');
    const stated = png.slice();
    new DataView(stated.buffer).setUint32(16, 30_000);
    new DataView(stated.buffer).setUint32(20, 30_000);
    assert.equal(await prepare('900 megapixels.png', stated), 'too-large');
  });

  it('that is dropped on the view is shown under its name, in UTF-16 too; one of 40 MB is refused', async () => {
    await stage.page.evaluate(`(() => {
      const drop = (file) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(file);
        const target = document.querySelector('.view');
        for (const type of ['dragenter', 'dragover', 'drop']) {
          target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
        }
      };
      const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40"/></svg>';
      drop(new File([drawing], 'plan.svg', { type: 'image/svg+xml' }));
      drop(new File([new Uint8Array(40 * 1024 * 1024)], 'huge.png', { type: 'image/png' }));
      const utf16 = '\\uFEFF<?xml version="1.0" encoding="UTF-16"?>' + drawing.replace('<rect', '<rect fill="#0a0"');
      drop(new File([Uint16Array.from(utf16, (unit) => unit.charCodeAt(0))], 'utf16.svg', { type: 'image/svg+xml' }));
      drop(new File(['BMW and others, by <svg > and without'], 'words.md', { type: 'text/markdown' }));
    })()`);
    const utf16 = await stage.host.changes.until(() =>
      stage.received.find((message) => message.type === 'still' && message.name === 'utf16.svg'),
    );
    assert.ok(utf16.type === 'still');
    await sees(utf16, [GREEN, GREEN, GREEN, GREEN]);
    const words = await stage.host.changes.until(() =>
      stage.received.find((message) => message.type === 'stillFailed' && message.name === 'words.md'),
    );
    assert.ok(words.type === 'stillFailed' && words.reason === 'not-a-picture');
    const shown = await stage.host.changes.until(() =>
      stage.received.find((message) => message.type === 'still' && message.name === 'plan.svg'),
    );
    assert.ok(shown.type === 'still' && shown.request === undefined);
    const refused = await stage.host.changes.until(() =>
      stage.received.find((message) => message.type === 'stillFailed' && message.name === 'huge.png'),
    );
    assert.ok(refused.type === 'stillFailed' && refused.reason === 'too-large');
  });
});

/** Puts EXIF data with nothing but an orientation (1 to 8) behind the first two bytes of a JPEG. */
function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const body = Buffer.alloc(32);
  body.write('Exif\0\0II*\0', 0, 'latin1');
  body.writeUInt32LE(8, 10);
  body.writeUInt16LE(1, 14);
  body.writeUInt16LE(0x01_12, 16);
  body.writeUInt16LE(3, 18);
  body.writeUInt32LE(1, 20);
  body.writeUInt16LE(orientation, 24);
  // An APP1 segment, whose length counts itself.
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from('ffe10022', 'hex'), body, jpeg.subarray(2)]);
}
