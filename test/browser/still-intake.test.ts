import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { takeSamplePicture } from './preview/sample-picture.ts';
import { live } from './preview/scenes.ts';
import { shares } from './preview/sharing-scenes.ts';
import { useSharedView } from './preview/shared-view.ts';
import type { Stage } from './preview/stage.ts';

describe('A still', () => {
  const view = useSharedView();
  let stage: Stage;
  let folder: string;
  let picture: string;
  let text: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'talkthrough-still-'));
    picture = join(folder, 'shelf.jpg');
    text = join(folder, 'notes.txt');
    const { jpeg } = await takeSamplePicture(view.browser, { widthPx: 320, heightPx: 200, text: 'Shelf B' });
    await writeFile(picture, jpeg);
    await writeFile(text, 'not a picture');
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    stage = await view.open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await stage.post(live(), shares());
  });

  const box = (): Locator => stage.page.getByRole('textbox', { name: 'Message' });
  const target = (): Locator => stage.page.getByText('Drop to show it');

  /** Puts a picture, and words with it, on the browser's clipboard. */
  async function copy(words?: string): Promise<void> {
    await stage.page.evaluate(`(async () => {
      const canvas = new OffscreenCanvas(320, 200);
      canvas.getContext('2d').fillRect(10, 10, 100, 100);
      const words = ${JSON.stringify(words ?? '')};
      await navigator.clipboard.write([new ClipboardItem({
        'image/png': await canvas.convertToBlob(),
        ...(words !== '' && { 'text/plain': new Blob([words], { type: 'text/plain' }) }),
      })]);
    })()`);
  }

  /** Holds a file over the middle of the view, lets go of it there, or takes it away, as a person does. */
  async function drag(
    type: 'dragEnter' | 'dragOver' | 'dragCancel' | 'drop',
    ...files: readonly string[]
  ): Promise<void> {
    const devtools = await stage.page.context().newCDPSession(stage.page);
    const data = { items: [], files: [...files], dragOperationsMask: 1 };
    await devtools.send('Input.dispatchDragEvent', { type, x: 150, y: 300, data });
    await devtools.detach();
  }

  const taken = async (): Promise<readonly string[]> =>
    (await stage.posted()).flatMap((message) =>
      message.type === 'still' || message.type === 'stillFailed' ? [message.name] : [],
    );

  it('is pasted anywhere in the view', async () => {
    await copy();
    await stage.page.locator('.state-word').click();
    await stage.page.keyboard.press('ControlOrMeta+V');
    await stage.untilPosted({ type: 'still' });
  });

  it('is taken by a panel too that captures nothing itself', async () => {
    await stage.post({ type: 'roles', view: true, media: false });
    await copy();
    await stage.page.locator('.state-word').click();
    await stage.page.keyboard.press('ControlOrMeta+V');
    await stage.untilPosted({ type: 'still' });
  });

  it('is pasted into the text box as well, which stays as it is', async () => {
    await copy();
    await box().fill('What is this?');
    await stage.page.keyboard.press('ControlOrMeta+V');
    await stage.untilPosted({ type: 'still' });
    assert.equal(await box().inputValue(), 'What is this?');
  });

  it('is not made of words: they are pasted as ever, also where a picture of them comes along', async () => {
    await copy('two books, one lamp');
    await box().click();
    await stage.page.keyboard.press('ControlOrMeta+V');
    await stage.page.waitForFunction(`document.querySelector('vscode-text-area').value === 'two books, one lamp'`);
    assert.deepEqual(await taken(), []);
  });

  it('is dropped anywhere, and where to is seen', async () => {
    await drag('dragEnter', picture);
    await drag('dragOver', picture);
    await target().waitFor();
    await drag('drop', picture);
    await stage.untilPosted({ type: 'still', name: 'shelf.jpg' });
    assert.equal(await target().isVisible(), false);
    assert.equal(new URL(stage.page.url()).pathname, '/', 'the browser has gone to the file');
  });

  it('may be thought better of', async () => {
    await drag('dragEnter', picture);
    await target().waitFor();
    await drag('dragCancel', picture);
    await target().waitFor({ state: 'hidden' });
    assert.deepEqual(await taken(), []);
  });

  it('that is no picture is said to be none, and the browser stays where it is', async () => {
    await drag('dragEnter', text);
    await drag('drop', text);
    await stage.untilPosted({ type: 'stillFailed', name: 'notes.txt', reason: 'not-a-picture' });
    assert.equal(new URL(stage.page.url()).pathname, '/', 'the browser has gone to the file');
  });

  it('is one of five at most; which others were dropped with them is said, until it is read', async () => {
    const many = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'].map((name) => join(folder, `${name}.txt`));
    for (const file of many) await writeFile(file, 'not a picture');
    await drag('dragEnter', ...many);
    await drag('drop', ...many);
    const said = stage.page.getByRole('alert').filter({ visible: true });
    assert.equal(await said.textContent(), 'You can show up to 5 pictures at once. Not shown: six.txt, seven.txt.');
    await stage.untilPosted({ type: 'stillFailed', name: 'five.txt' });
    assert.deepEqual(await taken(), ['one.txt', 'two.txt', 'three.txt', 'four.txt', 'five.txt']);
    await stage.page.getByRole('button', { name: 'Dismiss' }).click();
    assert.equal(await said.count(), 0);
    await drag('dragEnter', ...many);
    await drag('drop', ...many);
    await said.waitFor();
    await drag('dragEnter', text);
    await drag('drop', text);
    await said.waitFor({ state: 'hidden' });
  });

  it('is not taken where nobody would see it: in a view that shows nothing', async () => {
    await stage.post({ type: 'roles', view: false, media: true });
    await drag('dragEnter', picture);
    assert.equal(await target().isVisible(), false);
    await drag('drop', picture);
    await stage.post({ type: 'roles', view: true, media: true });
    // The next is answered after whatever was made of the first.
    await drag('dragEnter', text);
    await drag('drop', text);
    await stage.untilPosted({ type: 'stillFailed' });
    assert.deepEqual(await taken(), ['notes.txt']);
    assert.equal(new URL(stage.page.url()).pathname, '/', 'the browser has gone to the file');
  });
});
