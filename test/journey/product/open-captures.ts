import type { BrowserContext, Page } from 'playwright-core';

/** Keeps every track a page is given, so that those left open can be counted. Runs inside the page. */
const WATCH = `(() => {
  const told = (globalThis.__told = []);
  addEventListener('message', ({ data }) => {
    if (told.length < 20_000) told.push(JSON.stringify(data, (name, value) => (ArrayBuffer.isView(value) ? '' : value)));
  });
  const devices = navigator.mediaDevices;
  if (devices === undefined) return;
  const tracks = (globalThis.__tracks = []);
  for (const name of ['getUserMedia', 'getDisplayMedia']) {
    const ask = devices[name]?.bind(devices);
    if (ask === undefined) continue;
    devices[name] = async (constraints) => {
      const stream = await ask(constraints);
      tracks.push(...stream.getTracks());
      const clone = stream.clone.bind(stream);
      stream.clone = () => {
        const copy = clone();
        tracks.push(...copy.getTracks());
        return copy;
      };
      return stream;
    };
  }
})()`;

/** To be called before the frames that are to be watched load. */
export async function watchCaptures(context: BrowserContext): Promise<void> {
  await context.addInitScript(WATCH);
}

/** Microphone tracks that still capture, in all frames of the page. */
export function openMicrophones(page: Page): Promise<number> {
  return openTracks(page, 'audio');
}

/** Screens and cameras that are still captured, in all frames of the page. */
export function openSights(page: Page): Promise<number> {
  return openTracks(page, 'video');
}

async function openTracks(page: Page, kind: 'audio' | 'video'): Promise<number> {
  const count = `(globalThis.__tracks ?? []).filter((track) => track.kind === '${kind}' && track.readyState === 'live').length`;
  const counts = await Promise.all(page.frames().map((frame) => frame.evaluate<number>(count).catch(() => 0)));
  return counts.reduce((sum, one) => sum + one, 0);
}
