/**
 * Takes pictures of the view, to be looked at:
 *
 *   node test/browser/preview/screenshots.ts [folder, default out/preview] [how the scenes' names begin]
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SCENES } from './scenes.ts';
import { sharingScenes } from './sharing-scenes.ts';
import { openSite } from './site.ts';
import { launchBrowser, Stage, type Theme, THEMES } from './stage.ts';

const [folder = 'out/preview', only] = process.argv.slice(2);
const WIDTHS_PX: Readonly<Record<Theme, readonly number[]>> = {
  'dark-modern': [170, 300, 900],
  'light-modern': [300],
  'high-contrast-dark': [300],
  'high-contrast-light': [300],
  'dark-2026': [300],
  'light-2026': [300],
};

await mkdir(folder, { recursive: true });
const site = await openSite();
const browser = await launchBrowser();
try {
  const scenes = { ...SCENES, ...(await sharingScenes(browser)) };
  for (const [scene, messages] of Object.entries(scenes)) {
    if (only !== undefined && !scene.startsWith(only)) continue;
    for (const theme of THEMES) {
      for (const widthPx of WIDTHS_PX[theme]) {
        const stage = await Stage.open(browser, site.url, { theme, widthPx });
        await stage.post(...messages);
        // Before the picture: taking it puts a style into the page.
        const refused = await stage.violations();
        if (refused.length > 0) console.log(scene, theme, refused);
        await stage.page.screenshot({ path: join(folder, `${scene}-${theme}-${widthPx}.png`), animations: 'disabled' });
        await stage.close();
      }
    }
  }
} finally {
  await browser.close();
  await site.close();
}
