import assert from 'node:assert/strict';
import type { ShareSource, ReportedShareState } from '../../src/protocol/picture.ts';
import type { Json, PeerConnection } from '../unit/live/peer.ts';
import type { TestSurface } from './test-surface.ts';

export const TAB: ReportedShareState = { kind: 'on', label: '', what: 'tab', widthPx: 1920, heightPx: 1080 };
export const CANCELLED: ReportedShareState = { kind: 'failed', reason: 'cancelled', detail: '' };

/** What a JPEG begins with, and a mark to know it by. */
export function jpegMarked(mark: number): Uint8Array {
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, mark >> 8, mark & 0xff]);
}

/** The mark of the picture that a message to the service holds, if it holds one. */
export function markOf(message: Json): number | undefined {
  const video = (message['realtimeInput'] as Json | undefined)?.['video'] as Json | undefined;
  return video === undefined ? undefined : Buffer.from(String(video['data']), 'base64').readUInt16BE(4);
}

/** The marks of the pictures that a connection got, in order. */
export function marksOf({ heard }: PeerConnection): number[] {
  return heard.map(markOf).filter((mark) => mark !== undefined);
}

/** What the surface that captures says and is asked about shares; asked for each time, since a test may put in another. */
export function sharingPanel(panel: () => TestSurface) {
  const asked = (source: ShareSource) =>
    panel().posted.findLast((message) => message.type === 'share' && message.source === source);
  const epochOf = (source: ShareSource): number => {
    const message = asked(source);
    assert.ok(message?.type === 'share');
    return message.epoch;
  };
  const report = (source: ShareSource, state: ReportedShareState): void =>
    panel().says({ type: 'shareState', source, epoch: epochOf(source), state });
  const frame = (source: ShareSource, mark: number, epoch = epochOf(source), ageMs = 0): void => {
    const picture = { widthPx: 64, heightPx: 36, changed: true, jpeg: jpegMarked(mark) };
    panel().says({ type: 'frame', source, epoch, ageMs, ...picture });
  };
  const shown = (source: string) =>
    panel().posted.findLast((message) => message.type === 'sentPicture' && message.source === source);
  const shares = () => panel().posted.findLast((message) => message.type === 'shares')?.shares;
  return { asked, epochOf, report, frame, shown, shares };
}
