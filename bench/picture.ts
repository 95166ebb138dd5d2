/**
 * What sharing costs the surface: a 1080p tab full of code that scrolls, shared by the real page in a real Chromium, whose
 * frames are asked for as fast as they come. The page's own thread is timed in the one place where it has to do with a frame:
 * from the worker's message to the socket.
 */
import { launchSharingChromium, PictureStage } from '../test/browser/picture-stage.ts';
import { median, percentile, printFindings } from './audio/findings.ts';

const FRAMES = 80;
/** The first ones find out which quality fits. */
const WARM_UP = 10;
const BLOCK_GOAL_MS = 4;
const BYTES_GOAL = 90_000;
/** One frame a second is sent. */
const ENCODE_GOAL_MS = 500;

const TIME_FRAMES = `
  globalThis.frameCosts = [];
  const listen = Worker.prototype.addEventListener;
  Worker.prototype.addEventListener = function (type, listener, options) {
    const timed = (event) => {
      const before = performance.now();
      listener.call(this, event);
      const blockMs = performance.now() - before;
      if (event.data?.type === 'frame') frameCosts.push({ blockMs, encodeMs: event.data.encodeMs });
    };
    return listen.call(this, type, type === 'message' ? timed : listener, options);
  };`;

const CODE = Array.from({ length: 400 }, (_, line) => {
  const indent = '&nbsp;'.repeat(2 * (line % 5));
  return `<div>${indent}const total${line} = add(price[${line * 37}], tax); // as the receipt of ${line % 31} May says</div>`;
}).join('');

interface FrameCost {
  readonly blockMs: number;
  readonly encodeMs: number;
}

const browser = await launchSharingChromium();
const stage = await PictureStage.open(browser);
const tab = await stage.tabToShare(
  `<body style="margin:0 0 0 320px;background:#1e1e1e;color:#d4d4d4;font:12px/18px monospace">${CODE}</body>`,
);
await stage.page.evaluate(TIME_FRAMES);
await stage.share('screen');
await stage.untilFrames('screen', 1);
await tab.evaluate('setInterval(() => scrollBy(0, scrollY > 4000 ? -4000 : 7), 50)');
for (let frame = 1; frame < WARM_UP + FRAMES; frame += 1) {
  stage.post({ type: 'requestFrame', unlessNewerThanMs: 0 });
  await stage.untilFrames('screen', frame + 1);
}
// As the script above notes them.
const costs = (await stage.page.evaluate<readonly FrameCost[]>('frameCosts')).slice(WARM_UP);
const bytes = stage
  .frames('screen')
  .slice(WARM_UP)
  .map(({ jpeg }) => jpeg.byteLength);
await stage.close();
await browser.close();

const ms = (value: number): string => `${value.toFixed(1)} ms`;
const kilobytes = (value: number): string => `${(value / 1000).toFixed(1)} kB`;
const both = (values: readonly number[], as: (value: number) => string): string =>
  `${as(median(values))} (p95 ${as(percentile(values, 0.95))})`;
const blocks = costs.map(({ blockMs }) => blockMs);
const encodings = costs.map(({ encodeMs }) => encodeMs);
const findings = [
  {
    what: 'block of the page’s thread',
    goal: `median <= ${BLOCK_GOAL_MS} ms`,
    found: both(blocks, ms),
    met: median(blocks) <= BLOCK_GOAL_MS,
  },
  {
    what: 'bytes of a frame, detail high',
    goal: `median <= ${kilobytes(BYTES_GOAL)}`,
    found: both(bytes, kilobytes),
    met: median(bytes) <= BYTES_GOAL,
  },
  {
    what: 'comparing, drawing, encoding',
    goal: `median <= ${ENCODE_GOAL_MS} ms`,
    found: both(encodings, ms),
    met: median(encodings) <= ENCODE_GOAL_MS,
  },
];
printFindings('frame of a shared tab', findings);
if (findings.some(({ met }) => !met)) process.exitCode = 1;
