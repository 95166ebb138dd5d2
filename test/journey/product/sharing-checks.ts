// Checks of what is shared that are the same in panel and page.
import assert from 'node:assert/strict';
import { statusBarItem } from '../harness/status-bar.ts';
import { eventually } from './eventually.ts';
import { ORDINARY_PRINT, SHEET_PX, SMALL_PRINT, SMALL_PRINT_REGION, SOUGHT } from './shared-sheet.ts';
import { CAMERA_PX, CAMERA_TEXT, type SharingWindow } from './sharing-window.ts';
import { card, checkLegible, hearFor, pictureCount, picturesOf, record, untilGone, untilSeen } from './sights.ts';
import { say } from './spoken-turns.ts';

const sheetFrames = ({ talk }: SharingWindow) => picturesOf(talk, SHEET_PX.width, SHEET_PX.height);
/** Of whatever size the tab has: the browser takes the one that was given away while another tab is in front. */
const tabFrames = ({ talk }: SharingWindow) =>
  talk.server.records.flatMap(({ pictures }) => pictures.filter(({ heightPx }) => heightPx !== CAMERA_PX.height));
const cameraFrames = ({ talk }: SharingWindow) => picturesOf(talk, CAMERA_PX.width, CAMERA_PX.height);

/** What the service got of 12-px type can be read. */
export async function checkFrameIsLegible(window: SharingWindow): Promise<void> {
  await eventually('a frame of the whole sheet came', () => sheetFrames(window).length > 0);
  const [first] = sheetFrames(window);
  assert.ok(first);
  await checkLegible(window.talk, 'a frame of 12-px type', first, ORDINARY_PRINT);
}

/** A minute of a still screen, and a while with a blinking caret: hardly anything is sent. */
export async function checkStillScreen(window: SharingWindow): Promise<void> {
  // What the opening and sizing of tabs sent may still be on its way.
  await hearFor(window.talk, 3_000);
  const first = sheetFrames(window).at(-1);
  assert.ok(first);
  const before = sheetFrames(window).length;
  await window.tab.blink(true);
  await hearFor(window.talk, 8_000);
  await window.tab.blink(false);
  const whileBlinking = sheetFrames(window).length - before;
  await eventually('a minute has passed', () => performance.now() - first.atMs > 60_000, 70_000);
  const inAll = sheetFrames(window).filter(({ atMs }) => atMs >= first.atMs && atMs - first.atMs <= 60_000).length;
  say(`a still screen for 60 s sent ${inAll} frames, ${whileBlinking} of them in 8 s of a blinking caret`);
  assert.equal(whileBlinking, 0);
  assert.ok(inAll <= 2);
}

/** The model looks closer: the region comes sharp, before the tool's answer. */
export async function checkCloserLook(window: SharingWindow): Promise<void> {
  const { talk } = window;
  const before = pictureCount(talk);
  talk.server.connection.act({
    toolCall: { name: 'look_closer', args: { source: 'screen', region: [...SMALL_PRINT_REGION] } },
  });
  const { responses } = await talk.server.next('tool-response');
  assert.equal(responses[0]?.response['status'], 'ok', JSON.stringify(responses));
  // A frame of the whole sheet may come beside it.
  const whole = sheetFrames(window);
  const [cut, ...more] = record(talk)
    .pictures.slice(before)
    .filter((picture) => !whole.includes(picture));
  assert.ok(cut !== undefined && more.length === 0, 'one picture, before the answer');
  await checkLegible(talk, 'a closer look at 8-px type', cut, SMALL_PRINT);
}

/** The model points at a word: the person sees a box around it, on the thumbnail and full size. */
export async function checkPointing(window: SharingWindow, name: string): Promise<void> {
  const { talk, surface, tab } = window;
  const [top = 0, left = 0, bottom = 0, right = 0] = await tab.page.evaluate<number[]>(`(() => {
    const text = document.querySelector('main').firstChild;
    const at = text.data.indexOf(${JSON.stringify(SOUGHT)});
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + ${SOUGHT.length});
    const { top, left, bottom, right } = range.getBoundingClientRect();
    return [top / innerHeight, left / innerWidth, bottom / innerHeight, right / innerWidth].map((share) => share * 1000);
  })()`);
  const box = [top, left, bottom, right].map(Math.round);
  talk.server.connection.act({
    toolCall: { name: 'point_at', args: { source: 'screen', box, label: 'both diagonals' } },
  });
  const { responses } = await talk.server.next('tool-response');
  assert.equal(responses[0]?.response['status'], 'ok', JSON.stringify(responses));
  const shown = card(surface, 'screen');
  await shown.locator('.pointing-label').filter({ hasText: 'both diagonals' }).waitFor();
  await shown.locator('.thumbnail').click();
  const dialog = surface.locator('dialog.picture-dialog');
  await dialog.locator('.pointing-box').waitFor();
  const picture = await dialog.locator('img.picture').boundingBox();
  const drawn = await dialog.locator('.pointing-box').boundingBox();
  assert.ok(picture && drawn);
  const drawnLeft = ((drawn.x - picture.x) / picture.width) * 1000;
  const drawnTop = ((drawn.y - picture.y) / picture.height) * 1000;
  say(
    `pointed at ${box.join(', ')}; drawn at ${drawnTop.toFixed(0)}, ${drawnLeft.toFixed(0)} of a picture ${picture.width.toFixed(0)} px wide`,
  );
  assert.ok(Math.abs(drawnLeft - left) < 12 && Math.abs(drawnTop - top) < 12);
  await talk.window.screenshots.take(window.page ?? talk.window.page, `${name}-points`);
  await dialog.getByRole('button', { name: 'Close' }).click();
}

/** Code that scrolls is sent once a second. */
export async function checkScrolling(window: SharingWindow): Promise<void> {
  // So many that one frame that is held up on its way moves the mean by little.
  const SECONDS = 12;
  await window.tab.scroll(true);
  const before = tabFrames(window).length;
  await eventually('the scrolling is seen', () => tabFrames(window).length > before);
  const first = tabFrames(window).at(-1);
  assert.ok(first);
  await eventually(
    'some seconds of it',
    () => (tabFrames(window).at(-1)?.atMs ?? 0) - first.atMs >= SECONDS * 1_000 - 500,
  );
  const times = tabFrames(window)
    .map(({ atMs }) => atMs - first.atMs)
    .filter((atMs) => atMs >= 0);
  const gapsMs = times.slice(1).map((atMs, at) => atMs - (times[at] ?? 0));
  const lastMs = times.at(-1) ?? 0;
  const aSecond = (times.length - 1) / (lastMs / 1_000);
  say(
    `scrolling sent ${times.length} frames in ${(lastMs / 1_000).toFixed(1)} s, ${Math.min(...gapsMs).toFixed(0)} to ${Math.max(...gapsMs).toFixed(0)} ms apart`,
  );
  assert.ok(aSecond > 0.7 && aSecond <= 1.05, `${aSecond} a second`);
}

/** Nothing is captured, nothing is sent, and nobody says otherwise. */
export async function checkStopped(window: SharingWindow, forMs: number): Promise<void> {
  const { talk, surface } = window;
  await untilGone(surface, 'screen');
  await eventually('the status bar shows it no more', async () => {
    const item = await statusBarItem(talk.window.page, /Listening|Speaking|Muted|Typing only/);
    return !(await item.text()).includes('Screen');
  });
  await surface.locator('.sharing-marker').waitFor({ state: 'hidden' });
  await eventually('nothing is captured', async () => (await window.captured()) === 0);
  const before = pictureCount(talk);
  await hearFor(talk, forMs);
  assert.equal(pictureCount(talk), before, 'a picture after the stop');
}

/** Stops at moments drawn by chance, while code scrolls: nothing comes afterwards. */
export async function checkRandomStops(window: SharingWindow, times: number): Promise<void> {
  const seed = Number(process.env['TALKTHROUGH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  let state = seed;
  const drawn = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const { talk, surface, tab } = window;
  await tab.scroll(true);
  let sent = 0;
  for (let at = 0; at < times; at += 1) {
    const begun = pictureCount(talk);
    await window.share('screen');
    // From before the first picture to after the second.
    const delayMs = drawn(1_400);
    await surface.locator('body').evaluate((_, ms) => new Promise((resolve) => setTimeout(resolve, ms)), delayMs);
    await surface.getByRole('button', { name: 'Stop Sharing Screen' }).first().click();
    await untilGone(surface, 'screen');
    sent += pictureCount(talk) - begun;
    const stopped = pictureCount(talk);
    await hearFor(talk, 400);
    assert.equal(
      pictureCount(talk),
      stopped,
      `a picture after stop ${at + 1}, ${delayMs} ms after the start (seed ${seed})`,
    );
  }
  say(`${times} stops, ${sent} pictures before them, none after (seed ${seed})`);
  assert.ok(sent > 0, 'there was something to be stopped');
}

/** A camera, and the screen beside it: the focus is sent as it changes, the other now and then. */
export async function checkCameraAndScreen(window: SharingWindow, name: string): Promise<void> {
  const { talk, surface, tab } = window;
  await window.share('camera');
  await untilSeen(surface, 'camera');
  await eventually('the camera is seen', () => cameraFrames(window).length > 0);
  const [sheet] = cameraFrames(window);
  assert.ok(sheet);
  await checkLegible(talk, 'a sheet before the camera', sheet, CAMERA_TEXT);
  await tab.scroll(true);
  await window.share('screen');
  await untilSeen(surface, 'screen');
  await talk.window.screenshots.take(window.page ?? talk.window.page, `${name}-camera-and-screen`);
  const [screens, cameras] = [tabFrames(window).length, cameraFrames(window).length];
  await eventually('the focus is sent', () => tabFrames(window).length >= screens + 5);
  const besides = cameraFrames(window).length - cameras;
  say(`screen the focus: 5 frames of it, ${besides} of the camera`);
  assert.ok(besides <= 2);
  await card(surface, 'camera').getByRole('button', { name: 'Focus' }).click();
  await card(surface, 'camera').locator('[aria-pressed="true"], [current-value]').first().waitFor();
  const after = cameraFrames(window).length;
  await eventually('the camera is the focus', () => cameraFrames(window).length >= after + 3);
}

/** With camera and screen shared: the line is lost and found again. */
export async function checkReconnection(window: SharingWindow): Promise<void> {
  const { talk, surface } = window;
  await card(surface, 'camera').getByRole('button', { name: 'Stop Sharing Camera' }).click();
  await untilGone(surface, 'camera');
  const before = talk.server.records.length;
  talk.server.connection.act({ terminate: true });
  await surface
    .locator('.state-word')
    .filter({ hasText: /Reconnecting/ })
    .waitFor();
  await eventually('it is tried again', () => talk.server.records.length === before + 1);
  await window.share('camera');
  talk.server.connection.act({ terminate: true });
  await eventually('the session is resumed', () => talk.server.records.length === before + 2);
  const seen = (isCamera: boolean) =>
    record(talk).pictures.some(({ heightPx }) => (heightPx === CAMERA_PX.height) === isCamera);
  await eventually('both are seen again', () => seen(false) && seen(true));
  await surface
    .locator('.state-word')
    .filter({ hasText: /Listening/ })
    .waitFor();
}

/** Everything the model was told of what is shared, in order: by instructions of connections, and by notes in between. */
export function toldOfShares({ talk }: SharingWindow): string[] {
  const notes = talk.server.events.flatMap((event) => {
    if (event.type === 'setup') return [JSON.stringify(event.setup['systemInstruction'] ?? '')];
    return event.type === 'context' || event.type === 'text' ? [event.text] : [];
  });
  return notes.flatMap((text) =>
    [...text.matchAll(/The person shares .*?(?=\. You get|: you see)/g)].map(([told]) => told),
  );
}

/** The model heard of the beginning, the changes and the end of sharing, so that it never claims to see what is gone. */
export function checkTold(window: SharingWindow): void {
  const told = toldOfShares(window);
  for (const line of new Set(told)) say(`told: ${line}`);
  assert.match(told[0] ?? '', /shares a browser tab/);
  assert.ok(told.some((line) => /shares nothing now/.test(line)));
  assert.ok(told.some((line) => /shares the camera/.test(line)));
  assert.ok(told.some((line) => /shares a browser tab, and beside it the camera/.test(line)));
  assert.ok(told.some((line) => /shares the camera .*and beside it a browser tab/.test(line)));
}
