// What the service was shown, by its own record, and what the person sees of that.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { ConnectionRecord } from '../../live-server/index.ts';
import { readText, readWords } from '../../sight/read-words.ts';
import { ensureReadingPrograms } from '../../sight/reading-programs.ts';
import { wordRecall } from '../../sight/word-recall.ts';
import { eventually } from './eventually.ts';
import { say } from './spoken-turns.ts';
import type { Talkthrough } from './talkthrough.ts';

export type ReceivedPicture = ConnectionRecord['pictures'][number];

/** Share of the words that must be read, by the issue that asked for it. */
const LEAST_RECALL = 0.95;

/** The newest connection's record. */
export function record(talk: Talkthrough): ConnectionRecord {
  const newest = talk.server.records.at(-1);
  assert.ok(newest, 'nobody has connected');
  return newest;
}

/** Pictures of all connections that are of this size, in order. */
export function picturesOf(talk: Talkthrough, widthPx: number, heightPx: number): readonly ReceivedPicture[] {
  return talk.server.records.flatMap(({ pictures }) =>
    pictures.filter((picture) => picture.widthPx === widthPx && picture.heightPx === heightPx),
  );
}

/** Pictures of all connections. */
export function pictureCount(talk: Talkthrough): number {
  return talk.server.records.reduce((sum, { pictureCount: count }) => sum + count, 0);
}

/** Reads a picture and holds it against what stands there; prints how much was read, and keeps it beside the screenshots. */
export async function checkLegible(
  talk: Talkthrough,
  what: string,
  picture: ReceivedPicture,
  text: string,
): Promise<void> {
  await writeFile(join(talk.window.screenshots.folder, `received ${what}.jpg`), picture.bytes);
  const words = await readWords(ensureReadingPrograms(), picture.bytes);
  const { share, known, missed } = wordRecall(text, readText(words));
  const { widthPx, heightPx, bytes } = picture;
  say(
    `${what}: ${(share * 100).toFixed(1)} % of ${known} words read, ${widthPx} x ${heightPx}, ${(bytes.length / 1000).toFixed(1)} kB${missed.length > 0 ? `; missed: ${missed.join(' ')}` : ''}`,
  );
  assert.ok(share >= LEAST_RECALL, `${what}: ${share}`);
}

/**
 * Lets time pass by the microphone's clock: resolves when the service has heard so much more. Every message that was on its
 * way before has come by then.
 */
export async function hearFor(talk: Talkthrough, durationMs: number): Promise<void> {
  const until = record(talk).pcm16.length + durationMs * 16;
  await eventually(`${durationMs} ms more were heard`, () => record(talk).pcm16.length >= until, durationMs + 30_000);
}

/** A surface: the view in VS Code, or the page in the browser. */
export type Surface = FrameLocator | Page;

/** The card of what is seen of a source. */
export function card(surface: Surface, source: 'screen' | 'camera' | 'still'): Locator {
  return surface.locator(`.card[data-source="${source}"]`);
}

/** Waits until a share is on, as its card says. */
export async function untilOn(surface: Surface, source: 'screen' | 'camera'): Promise<void> {
  await surface.locator(`.card[data-source="${source}"][data-state="on"]`).waitFor();
}

/** Waits until nothing is shown of a source any more. */
export async function untilGone(surface: Surface, source: 'screen' | 'camera'): Promise<void> {
  await card(surface, source).waitFor({ state: 'detached' });
}

/** Waits until a share is on and a picture of it was sent, which its card shows. */
export async function untilSeen(surface: Surface, source: 'screen' | 'camera' | 'still'): Promise<void> {
  await card(surface, source).locator('img.picture[src]').waitFor();
}
