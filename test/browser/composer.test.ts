import assert from 'node:assert/strict';
import { MAX_TYPED_LENGTH } from '../../src/protocol/limits.ts';
import { live, session } from './preview/scenes.ts';
import { useSharedView } from './preview/shared-view.ts';
import type { Stage } from './preview/stage.ts';

describe('Typing', () => {
  const view = useSharedView();
  let stage: Stage;

  beforeEach(async () => {
    stage = await view.open();
    await stage.post(live());
  });

  const box = () => stage.page.getByRole('textbox', { name: 'Message' });
  const send = () => stage.page.getByRole('button', { name: 'Send' });

  it('sends on Enter and leaves an empty field', async () => {
    await box().fill('  What is on line 42?  ');
    await box().press('Enter');
    assert.deepEqual(await stage.intents(), [{ kind: 'type', text: 'What is on line 42?' }]);
    // The toolkit empties its field a frame later.
    await stage.page.waitForFunction(`document.activeElement.shadowRoot.activeElement.value === ''`);
  });

  it('works before any session: the host decides what becomes of it', async () => {
    await stage.post(session());
    await box().fill('Hello');
    await send().click();
    assert.deepEqual(await stage.intents(), [{ kind: 'type', text: 'Hello' }]);
    assert.equal(await stage.focusedName(), 'Message', 'one can type on');
  });

  it('starts a new line on Shift+Enter, and the field grows with it', async () => {
    const before = (await box().boundingBox())?.height ?? 0;
    await box().pressSequentially('One');
    await box().press('Shift+Enter');
    await box().pressSequentially('Two');
    assert.equal(await box().inputValue(), 'One\nTwo');
    assert.ok(((await box().boundingBox())?.height ?? 0) > before + 10);
    assert.deepEqual(await stage.intents(), []);
  });

  it('sends nothing when there is nothing to send', async () => {
    assert.equal(await send().isEnabled(), false);
    await box().fill(' \n ');
    await box().press('Enter');
    assert.equal(await send().isEnabled(), false);
    assert.deepEqual(await stage.intents(), []);
  });

  it('leaves the Enter that ends a composition to the input method', async () => {
    await box().focus();
    const devtools = await stage.page.context().newCDPSession(stage.page);
    await devtools.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
    await stage.page.keyboard.press('Enter');
    assert.deepEqual(await stage.intents(), []);
    await devtools.send('Input.insertText', { text: '日本' });
    await stage.page.keyboard.press('Enter');
    assert.deepEqual(await stage.intents(), [{ kind: 'type', text: '日本' }]);
  });

  it('keeps a draft over a reload of the view', async () => {
    await box().fill('Half a thou');
    await stage.page.reload();
    await stage.post(live());
    assert.equal(await box().inputValue(), 'Half a thou');
    await box().press('Enter');
    await stage.page.reload();
    await stage.post(live());
    assert.equal(await box().inputValue(), '', 'what was sent is no draft');
  });

  it('says when a text is too long, keeps all of it and does not send it', async () => {
    await box().fill('x'.repeat(MAX_TYPED_LENGTH + 1));
    await box().press('Enter');
    assert.deepEqual(await stage.intents(), []);
    assert.ok(await stage.page.getByText('Too long: 16,001 of at most 16,000 characters').isVisible());
    await box().fill('x'.repeat(MAX_TYPED_LENGTH));
    assert.equal(await stage.page.getByText('Too long').isVisible(), false);
    // The toolkit enables its button a frame later.
    await stage.page.getByRole('button', { name: 'Send', disabled: false }).waitFor();
  });

  it('takes no key away from VS Code outside the field', async () => {
    await stage.page.evaluate(`
      globalThis.taken = [];
      addEventListener('keydown', (event) => { if (event.defaultPrevented) taken.push(event.key); });
    `);
    await stage.page.locator('.state-word').click();
    for (const key of ['Space', 'Enter', 'Escape', 'F1', 'Control+Shift+P', 'ArrowUp', 'a']) {
      await stage.page.keyboard.press(key);
    }
    await box().focus();
    for (const key of ['Escape', 'Control+Enter', 'Alt+Enter', 'F1', 'Control+Shift+P']) await box().press(key);
    assert.deepEqual(await stage.page.evaluate('taken'), []);
    assert.deepEqual(await stage.intents(), []);
  });
});
