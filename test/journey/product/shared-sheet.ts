// The tab that is shared: a page of known text in small type, that can be made to move.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { MANUAL_SENTENCES, shelfManual } from '../../sight/shelf-manual.ts';
import { projectRoot } from '../../vscode-host/project-root.ts';
import type { Talkthrough } from './talkthrough.ts';

/** By which the browser finds it when a page asks for a screen. */
export const SHEET_TITLE = 'Shelf manual, sheet 1';
/** As a full-screen window on an ordinary display, at scale 1. */
export const SHEET_PX = { width: 1920, height: 1080 } as const;

const HALF = MANUAL_SENTENCES / 2;
const MANUAL = shelfManual(0, HALF);
const CODE = readFileSync(join(projectRoot, 'test', 'sample-workspace', 'src', 'cart.ts'), 'utf8').trim();
/** In type of 12 px, at the left: a text, and code below it. */
export const ORDINARY_PRINT = `${MANUAL}\n${CODE}`;
/** In type of 8 px, in the region below. */
export const SMALL_PRINT = shelfManual(HALF);
/** `[ymin, xmin, ymax, xmax]` of the whole sheet, in thousandths. */
export const SMALL_PRINT_REGION = [500, 600, 800, 1000] as const;
/** Stands once in the ordinary print. */
export const SOUGHT = 'diagonals';

const HTML = `<!doctype html><meta charset="utf-8"><title>${SHEET_TITLE}</title>
<style>
  body { margin: 0; background: #1f1f1f; color: #ccc; font: 12px/18px 'DejaVu Sans', sans-serif; overflow: hidden; }
  main, aside { position: absolute; }
  main { left: 40px; top: 40px; width: 820px; }
  aside { left: 61%; top: 51%; width: 38%; font-size: 8px; line-height: 12px; }
  pre { position: absolute; left: 40px; top: 240px; width: 900px; height: 780px; overflow: hidden; margin: 0; }
  pre { font: 12px/18px 'DejaVu Sans Mono', monospace; }
  i { position: absolute; left: 700px; top: 640px; width: 2px; height: 16px; background: #fff; visibility: hidden; }
  .blinking i { animation: blink 1s step-end infinite; }
  @keyframes blink { 0% { visibility: visible } 50% { visibility: hidden } }
</style>
<main>${MANUAL}</main><aside>${SMALL_PRINT}</aside><pre>${CODE.replaceAll('<', '&lt;')}</pre><i></i>
<script>
  const code = document.querySelector('pre');
  const still = code.textContent;
  const long = Array.from({ length: 400 }, (_, line) =>
    'const part' + line + ' = takeFromBox(' + ((line * 37) % 101) + '); // ' + 'x'.repeat((line * 13) % 40)).join('\\n');
  let timer;
  // Three lines, five times a second: as a person who turns the wheel.
  globalThis.scroll = (on) => {
    clearInterval(timer);
    code.textContent = on ? long : still;
    if (on) timer = setInterval(() => { code.scrollTop = (code.scrollTop + 54) % 6000; }, 200);
  };
  globalThis.blink = (on) => document.body.classList.toggle('blinking', on);
</script>`;

export interface SharedSheet {
  /** Opens the tab anew in the browser of that window, in the background. */
  open(talk: Talkthrough): Promise<SheetTab>;
  close(): Promise<void>;
}

export interface SheetTab {
  readonly page: Page;
  scroll(on: boolean): Promise<void>;
  blink(on: boolean): Promise<void>;
  /** Gives it its size, whatever became of it. */
  resize(): Promise<void>;
}

/** Serves the sheet on a free port of this machine. */
export async function serveSheet(): Promise<SharedSheet> {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(HTML));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sheet has no port.');
  return {
    async open(talk) {
      const page = await talk.window.browser.context.newPage();
      await page.setViewportSize(SHEET_PX);
      await page.goto(`http://127.0.0.1:${address.port}/`);
      await talk.window.page.bringToFront();
      return {
        page,
        scroll: (on) => page.evaluate(`scroll(${on})`),
        blink: (on) => page.evaluate(`blink(${on})`),
        async resize() {
          // The same size again would be passed over.
          await page.setViewportSize({ width: SHEET_PX.width, height: SHEET_PX.height - 1 });
          await page.setViewportSize(SHEET_PX);
        },
      };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
