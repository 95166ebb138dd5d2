import assert from 'node:assert/strict';
import type { ToSurface } from '../../src/protocol/messages.ts';
import { SCENES } from './preview/scenes.ts';
import { sharingScenes } from './preview/sharing-scenes.ts';
import { useSharedView } from './preview/shared-view.ts';
import { type Stage, THEMES } from './preview/stage.ts';

/** From a side bar of 300 px zoomed to 200 % and VS Code's narrowest side bar to the width of an editor. */
const WIDTHS_PX = [150, 170, 300, 900];
/** WCAG 2.2 AA for text. */
const READABLE_CONTRAST = 4.5;

const LONG_WORDS = 'https://example.test/'.concat('a-very-long-path/'.repeat(20));

describe('The look of the view', () => {
  const view = useSharedView();
  let sharing: Readonly<Record<string, readonly ToSurface[]>>;

  before(async () => {
    sharing = await sharingScenes(view.browser);
  });

  for (const widthPx of WIDTHS_PX) {
    it(`fits ${widthPx} px, whatever it shows`, async () => {
      const stage = await view.open({ widthPx });
      for (const [scene, messages] of Object.entries({ ...SCENES, ...sharing })) {
        await stage.post({ type: 'conversation', reset: true, entries: [] }, ...messages);
        assert.deepEqual(await stage.overflowing(), [], scene);
      }
      const entry = { kind: 'person', id: 'long', atMs: 0, via: 'text', text: LONG_WORDS, status: 'done' } as const;
      await stage.post({ type: 'conversation', reset: false, entries: [entry] });
      await stage.page.getByRole('textbox').fill(LONG_WORDS);
      assert.deepEqual(await stage.overflowing(), [], 'long words');
    });
  }

  for (const theme of THEMES) {
    it(`can be read in ${theme}, the dimmed too`, async () => {
      const stage = await view.open({ theme });
      await stage.post(...(sharing['sharing all'] ?? []));
      const talk = ['.heard', '.unheard', '.who', '.notice', '.interrupted', '.model', '.elapsed'];
      const pictures = ['.sharing-word', '.sees-title', '.card-title', '.picture-facts'];
      await stage.post(...(SCENES['tools'] ?? []));
      const lines = ['.tool-text', '.tool-open', '.sources-title', '.source-link'];
      for (const selector of [...talk, ...pictures, ...lines]) {
        const contrast = await stage.contrast(selector);
        assert.ok(contrast >= READABLE_CONTRAST, `${selector} has a contrast of ${contrast.toFixed(2)}`);
      }
    });
  }

  it('follows a change of theme at once, the toolkit’s buttons too', async () => {
    const stage = await view.open({ theme: 'dark-modern' });
    await stage.post(...(SCENES['welcome'] ?? []));
    const colour = () => stage.style('vscode-button.big', 'background-color');
    assert.equal(await colour(), 'rgb(0, 120, 212)');
    await stage.setTheme('light-modern');
    await stage.page.evaluate('new Promise(requestAnimationFrame)');
    assert.equal(await colour(), 'rgb(0, 95, 184)');
  });

  it('tells dimmed words by their slant where colours are forced or contrast is high', async () => {
    const slant = (stage: Stage) => stage.style('.unheard:not(:empty)', 'font-style');
    const forced = await view.open({ forcedColors: 'active' });
    await forced.post(...(SCENES['speaking'] ?? []));
    assert.equal(await slant(forced), 'italic');
    await forced.setTheme('dark-modern');
    await forced.page.emulateMedia({ forcedColors: 'none' });
    assert.equal(await slant(forced), 'normal');
    await forced.setTheme('high-contrast-light');
    assert.equal(await slant(forced), 'italic');
  });

  it('tells the focus of two shares from the other, and a box from the picture, in high contrast and forced colours', async () => {
    const stage = await view.open({ theme: 'high-contrast-light' });
    await stage.post(...(sharing['sharing all'] ?? []));
    const focus = (source: string): Promise<string | null> =>
      stage.page.locator(`[data-source=${source}] .card-actions .codicon`).getAttribute('class');
    assert.notEqual(await focus('screen'), await focus('camera'));
    await stage.page.emulateMedia({ forcedColors: 'active' });
    for (const property of ['border-top-style', 'outline-style']) {
      assert.equal(await stage.style('[data-source=camera] .pointing-box', property), 'solid');
    }
    assert.notEqual(
      await stage.style('[data-source=camera] .pointing-box', 'border-top-color'),
      await stage.style('[data-source=camera] .pointing-box', 'outline-color'),
    );
  });

  it('keeps still when motion is to be reduced, by the system or by VS Code', async () => {
    const stage = await view.open();
    await stage.post(...(SCENES['connecting'] ?? []));
    const moving = () => stage.page.evaluate('document.getAnimations().length');
    assert.equal(await moving(), 1);
    await stage.page.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await moving(), 0);
    await stage.page.emulateMedia({ reducedMotion: 'no-preference' });
    assert.equal(await moving(), 1);
    await stage.page.evaluate(`document.body.classList.add('vscode-reduce-motion')`);
    assert.equal(await moving(), 0);
  });

  it('shows where the keyboard is', async () => {
    const stage = await view.open();
    await stage.post(...(SCENES['speaking'] ?? []));
    await stage.page.locator('.state-word').click();
    await stage.page.keyboard.press('Tab');
    const outline = () => stage.style(':focus', 'outline-style');
    assert.equal(await outline(), 'solid');
    for (let step = 0; step < 2; step += 1) await stage.page.keyboard.press('Tab');
    assert.equal(await stage.focusedName(), 'Stop');
    assert.equal(await outline(), 'solid');
    await stage.page.getByRole('button', { name: 'Stop' }).click();
  });
});
