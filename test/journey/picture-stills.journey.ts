// Single pictures, shown to the assistant that answers without a key: it reads what really reached it.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { startAssistantServer } from '../live-server/assistant/assistant-server.ts';
import { startTextPictures, type TextPictures } from '../sight/text-picture.ts';
import { notification } from './harness/notifications.ts';
import { quickInput, quickInputList } from './harness/quick-input.ts';
import { webviewFrame } from './harness/webview.ts';
import { eventually } from './product/eventually.ts';
import { openFile } from './product/open-file.ts';
import { card, pictureCount, record, untilSeen } from './product/sights.ts';
import { EXTENSION, Talkthrough } from './product/talkthrough.ts';

/** More than the 32 MB that are read. */
const TOO_LARGE_BYTES = 40 * 1024 * 1024;

describe('journey: picture, stills', () => {
  let talk: Talkthrough;
  let pictures: TextPictures;
  let stranger: Server;
  /** What scripts and links in a drawing asked for. */
  const asked: string[] = [];

  before(async () => {
    pictures = await startTextPictures();
    stranger = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    talk = await Talkthrough.open({
      journey: 'picture-stills',
      server: () => startAssistantServer({ delivery: { timesRealTime: 20, turnComplete: 'early' } }),
    });
    // Nobody speaks here: what is answered is what is typed.
    await talk.startWithKey();
    await talk.state(/Listening|Speaking/);
    await talk.press('Mute microphone');
  });
  after(async () => {
    await talk.close();
    await pictures.close();
    await new Promise((resolve) => stranger.close(resolve));
  });

  /** Chooses a file as a person does in VS Code's own dialog: by its folder, then in the list. */
  async function show(name: string, folder = ''): Promise<void> {
    await talk.command('Show Image…');
    const dialog = await quickInput(talk.window.page, /Show Image/);
    const listed = quickInputList(talk.window.page).locator('.monaco-list-row').filter({ hasText: name }).first();
    const path = join(talk.workspace, folder, '/');
    await eventually(`${name} is listed`, async () => {
      // The dialog goes on to the folder of its own choice a moment after it is shown.
      if ((await dialog.read()).value !== path) await dialog.type(path);
      return listed.isVisible();
    });
    await listed.click();
  }

  /** Waits for one more picture than there were. */
  async function arrives(before: number): Promise<void> {
    await eventually('the picture reached the service', () => pictureCount(talk) > before);
  }

  it('Show Image…: a drawing is sent once, sharp, with its name, and read', async () => {
    const before = pictureCount(talk);
    await show('checkout.svg', 'docs');
    await arrives(before);
    await untilSeen(talk.view, 'still');
    await card(talk.view, 'still').getByText('checkout.svg').waitFor();
    await talk.entry('notice', /You showed "checkout\.svg"/);
    await talk.type('What does it say?');
    for (const word of ['Cart', 'Payment', 'Ask again']) await talk.entry('reply', new RegExp(word));
    assert.equal(pictureCount(talk), before + 1);
    const still = record(talk).pictures.at(-1);
    console.log(
      `      checkout.svg: ${still?.widthPx} x ${still?.heightPx}, ${((still?.bytes.length ?? 0) / 1000).toFixed(1)} kB`,
    );
    assert.ok((still?.widthPx ?? 0) >= 1280, 'a drawing of 760 px is drawn larger, since it can be');
    await talk.screenshot('drawing');
  });

  it('the assistant points at a word where it stands', async () => {
    await talk.type('Where is Payment?');
    await card(talk.view, 'still').locator('.pointing-label').filter({ hasText: 'Payment' }).waitFor();
    await talk.entry('reply', /There: Payment, /);
    await card(talk.view, 'still').locator('.thumbnail').click();
    await talk.view.locator('dialog .pointing-box').waitFor();
    await talk.screenshot('points-at-payment');
    await talk.view.locator('dialog').getByRole('button', { name: 'Close' }).click();
  });

  it('Show This Diagram: what the editor shows', async () => {
    const before = pictureCount(talk);
    await openFile(talk, 'checkout.svg');
    await talk.command('Show This Diagram');
    await arrives(before);
  });

  it('from the explorer', async () => {
    const before = pictureCount(talk);
    await writeFile(
      join(talk.workspace, 'label.jpg'),
      await pictures.draw({ text: 'Order 4711', typePx: 40, widthPx: 640, heightPx: 360 }),
    );
    await talk.command('Show Image…');
    await (await quickInput(talk.window.page, /Show Image/)).cancel();
    assert.equal(pictureCount(talk), before, 'given up: nothing is shown');
    await talk.window.page.keyboard.press('Control+Shift+E');
    const file = talk.window.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'label.jpg' });
    await file.click({ button: 'right' });
    // VS Code takes no click for a moment after it has opened a menu.
    await talk.window.page.locator('.monaco-menu .action-label').filter({ hasText: 'Show in Talkthrough' }).hover();
    await talk.window.page.keyboard.press('Enter');
    await arrives(before);
    await talk.type('Read it.');
    await talk.entry('reply', /Order 4711/);
  });

  it('pasted into the view', async () => {
    const before = pictureCount(talk);
    const jpeg = await pictures.draw({ text: 'Pasted label', typePx: 40, widthPx: 640, heightPx: 360 });
    const frame = await webviewFrame(talk.window.page, EXTENSION);
    await frame.evaluate(`(() => {
      const bytes = Uint8Array.from(atob('${jpeg.toString('base64')}'), (letter) => letter.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], 'image.jpg', { type: 'image/jpeg' }));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    })()`);
    await arrives(before);
    await talk.type('Read that.');
    await talk.entry('reply', /Pasted label/);
  });

  it('a drawing with scripts is only drawn', async () => {
    const before = pictureCount(talk);
    const address = stranger.address();
    assert.ok(address !== null && typeof address === 'object');
    const base = `http://127.0.0.1:${address.port}`;
    await writeFile(
      join(talk.workspace, 'script.svg'),
      `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" onload="fetch('${base}/onload')">
        <script>fetch('${base}/script'); parent.document.title = 'taken over';</script>
        <image href="${base}/image" width="10" height="10"/><style>@import url('${base}/style');</style>
        <foreignObject width="10" height="10"><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="fetch('${base}/onerror')"/></foreignObject>
        <rect width="640" height="360" fill="#fff"/><text x="40" y="100" font-size="40">Only drawn</text></svg>`,
    );
    await show('script.svg');
    await arrives(before);
    await talk.type('What is written there?');
    await talk.entry('reply', /Only drawn/);
    assert.deepEqual(asked, []);
  });

  it('a file of 40 MB and a broken one are refused in one sentence, with what to do instead', async () => {
    const before = pictureCount(talk);
    const whole = await pictures.draw({ text: 'whole', typePx: 20, widthPx: 200, heightPx: 100 });
    await writeFile(
      join(talk.workspace, 'huge.jpg'),
      Buffer.concat([whole, Buffer.alloc(TOO_LARGE_BYTES - whole.length)]),
    );
    await writeFile(join(talk.workspace, 'broken.jpg'), Buffer.concat([whole.subarray(0, 4), randomBytes(5_000)]));
    await show('huge.jpg');
    const large = await notification(talk.window.page, /huge\.jpg/);
    console.log(`      ${large.text} [${large.buttons.join('] [')}]`);
    assert.match(large.text, /40(\.0)? MB/);
    await large.dismiss();
    await show('broken.jpg');
    const broken = await notification(talk.window.page, /broken\.jpg/);
    console.log(`      ${broken.text} [${broken.buttons.join('] [')}]`);
    assert.match(broken.text, /damaged/);
    await broken.dismiss();
    assert.equal(pictureCount(talk), before);
  });

  it('broke no content security policy', () => {
    assert.deepEqual(talk.window.complaints.violations(), []);
  });
});
