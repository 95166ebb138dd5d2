import type { Browser } from 'playwright-core';
import type { PointingMessage, SharesMessage, SentPictureMessage, ToSurface } from '../../../src/protocol/messages.ts';
import type { SharesView, ShareState, ShareView, ShownSource } from '../../../src/protocol/picture.ts';
import { type SamplePicture, takeSamplePicture } from './sample-picture.ts';
import { live, SCENES, session } from './scenes.ts';

const OFF: ShareView = { state: { kind: 'off' }, sentFrames: 0 };

export const WINDOW_ON = {
  kind: 'on',
  label: 'Assembly instructions',
  what: 'window',
  widthPx: 2560,
  heightPx: 1440,
} as const satisfies ShareState;
export const CAMERA_ON = {
  kind: 'on',
  label: 'Desk camera',
  widthPx: 1280,
  heightPx: 720,
} as const satisfies ShareState;

/** A session runs and nothing is shared, but for what is said otherwise. */
export function shares(change: Partial<SharesView> = {}): SharesMessage {
  return {
    type: 'shares',
    shares: { screen: OFF, camera: OFF, focus: 'screen', sessionOpen: true, ...change },
  };
}

/** @param failure why it failed, in the host's words */
export function share(state: ShareState, sentFrames = 0, failure?: string): ShareView {
  return { state, sentFrames, ...(failure !== undefined && { failure }) };
}

export function shown(
  source: ShownSource,
  picture: SamplePicture,
  change: Partial<Pick<SentPictureMessage, 'name' | 'sentAtMs'>> = {},
): SentPictureMessage {
  return { type: 'sentPicture', source, name: 'shelf.png', sentAtMs: Date.now(), ...picture, ...change };
}

export function pointing(
  source: ShownSource,
  label: string,
  box: readonly [number, number, number, number] = [250, 100, 600, 450],
): PointingMessage {
  const [top, left, bottom, right] = box;
  return { type: 'pointing', source, at: { box: { top, left, bottom, right }, label } };
}

/** What is worth looking at of sharing, each as the messages that bring it about. */
export async function sharingScenes(browser: Browser): Promise<Readonly<Record<string, readonly ToSurface[]>>> {
  const [wide, camera, portrait] = await Promise.all([
    takeSamplePicture(browser, { widthPx: 1600, heightPx: 900, text: 'Fix shelf B with four screws of 4 × 30 mm.' }),
    takeSamplePicture(browser, { widthPx: 1280, heightPx: 720, text: 'a half-built shelf' }),
    takeSamplePicture(browser, { widthPx: 480, heightPx: 1040, text: 'a phone' }),
  ]);
  const talk = SCENES['speaking'] ?? [];
  return {
    'nothing shared': [...talk, shares()],
    'sharing before a session': [session(), shares({ sessionOpen: false, camera: share(CAMERA_ON) })],
    'sharing one': [
      ...talk,
      shares({ screen: share(WINDOW_ON, 12) }),
      shown('screen', wide),
      pointing('screen', 'Shelf B'),
    ],
    'sharing all': [
      ...talk,
      shares({ screen: share(WINDOW_ON, 1_204), camera: share(CAMERA_ON, 31), focus: 'camera' }),
      shown('screen', wide),
      shown('camera', camera),
      shown('still', portrait, { name: 'a picture with a rather long name, as phones give them (2).png' }),
      pointing('camera', 'The hole that the long screw goes into', [500, 700, 760, 980]),
    ],
    'sharing about to be': [
      live(),
      shares({ screen: share({ kind: 'waiting' }), camera: share({ kind: 'choosing' }) }),
    ],
    'sharing failed': [
      live(),
      shares({
        screen: share(
          { kind: 'failed', reason: 'denied-by-system', detail: '' },
          0,
          'Not allowed by the operating system.',
        ),
        camera: share({ kind: 'failed', reason: 'busy', detail: '' }, 0, 'In use by another program.'),
      }),
    ],
  };
}
