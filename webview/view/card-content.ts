import type { ShareSource, ShareState } from '../../src/protocol/picture.ts';
import type { IconName } from './icon.ts';
import type { LastPicture, Pointing } from './last-pictures.ts';
import { shareWords } from './share-words.ts';

/** All that a card shows of one source. */
export interface CardContent {
  readonly title: string;
  /** Absent for a still, which is shown once and over. */
  readonly share?: {
    readonly source: ShareSource;
    readonly state: ShareState;
    readonly sentFrames: number;
    /** Why it failed, in the host's words. */
    readonly failure?: string | undefined;
    /** Absent while there is nothing else to look at. */
    readonly isFocus?: boolean;
    readonly sessionOpen: boolean;
    /** This page is the one that captures. */
    readonly capturesHere: boolean;
  };
  readonly picture: LastPicture | undefined;
  readonly pointing: Pointing | undefined;
}

/** A red mark for what is live. */
export function cardIcon({ share }: CardContent): IconName {
  if (share === undefined) return 'file-media';
  if (share.state.kind === 'on') return 'record';
  return share.source === 'screen' ? 'device-desktop' : 'device-camera-video';
}

/** How a share stands, where its picture does not say it. */
export function cardState({ share, picture }: CardContent): string {
  if (share === undefined) return '';
  const { source, state, sessionOpen, capturesHere } = share;
  switch (state.kind) {
    case 'off':
      return '';
    case 'waiting':
      // Where the click is to be made, a button says it.
      return capturesHere ? '' : shareWords.chooseInPage[source];
    case 'awaiting-page':
      return shareWords.awaitingPage;
    case 'choosing':
      return shareWords.choosing[source];
    case 'on':
      if (!sessionOpen) return shareWords.sentOnceOpen;
      return picture === undefined ? shareWords.nothingSent : '';
    case 'failed':
      return share.failure ?? '';
  }
}
