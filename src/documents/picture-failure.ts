import { MAX_PICTURE_FILE_BYTES, type StillFailure } from '../protocol/picture.ts';

/** Why a file is not shown. */
export type PictureFailure =
  | { readonly code: 'missing' | 'folder' | 'forbidden' | 'empty' | 'damaged' | 'no-picture' }
  | { readonly code: 'undecodable' | 'no-session' | 'no-line' | 'no-view' | 'too-long' }
  | { readonly code: 'unreadable'; readonly detail: string }
  /** `sizeBytes` is absent where the file is small, but the picture in it is not. */
  | { readonly code: 'too-large'; readonly sizeBytes?: number }
  | { readonly code: 'other-format'; readonly format: string };

/** What the person can do instead, offered as a button. */
export type PictureAction = 'chooseImage' | 'shareScreen';

interface Words {
  readonly sentence: string;
  readonly actions: readonly PictureAction[];
}

/** What came of trying to decode and to send it. */
export function failureOf(reason: StillFailure | 'no-session' | 'no-line' | 'no-view'): PictureFailure {
  switch (reason) {
    case 'too-large':
      return { code: 'too-large' };
    case 'not-a-picture':
      return { code: 'damaged' };
    case 'unsupported':
      return { code: 'undecodable' };
    case 'no-session':
    case 'no-line':
    case 'no-view':
      return { code: reason };
  }
}

const TAKEN = 'PNG, JPEG, WebP, GIF and SVG can be shown';

/** One plain sentence for the person, with what they can do instead. */
export function pictureFailureWords(name: string, failure: PictureFailure): Words {
  const file = `“${name}”`;
  switch (failure.code) {
    case 'missing':
      return { sentence: `${file} is not there any more.`, actions: ['chooseImage'] };
    case 'folder':
      return { sentence: `${file} is a folder; choose a picture in it.`, actions: ['chooseImage'] };
    case 'forbidden':
      return { sentence: `${file} may not be read: its permissions do not allow it.`, actions: ['chooseImage'] };
    case 'unreadable':
      return { sentence: `${file} could not be read: ${failure.detail}`, actions: ['chooseImage'] };
    case 'empty':
      return { sentence: `${file} is empty.`, actions: ['chooseImage'] };
    case 'damaged':
      return {
        sentence: `${file} cannot be read as a picture: it is damaged, or not what its name says.`,
        actions: ['chooseImage'],
      };
    case 'no-picture':
      return { sentence: `${file} is no picture; ${TAKEN}.`, actions: ['chooseImage', 'shareScreen'] };
    case 'other-format':
      return {
        sentence: `${file} is a ${failure.format} file; ${TAKEN}. Open it and share your screen instead.`,
        actions: ['shareScreen'],
      };
    case 'too-large':
      return {
        sentence: `${tooLarge(file, failure.sizeBytes)} Open it and share your screen instead, or show a smaller copy.`,
        actions: ['shareScreen', 'chooseImage'],
      };
    case 'too-long':
      return {
        sentence: `${file} is too long to be shown as text. Share your screen to show how it looks.`,
        actions: ['shareScreen'],
      };
    case 'no-session':
      // Why there is none, and what mends it, is said where sessions are spoken of.
      return { sentence: `${file} was not shown, because no session runs that could see it.`, actions: [] };
    case 'no-line':
      return {
        sentence: `${file} was not shown: the connection to Gemini did not come back in time. Show it again.`,
        actions: ['chooseImage'],
      };
    case 'no-view':
      return {
        sentence: `${file} was not shown: the Talkthrough view, where pictures are made ready, did not answer. Open it and try again.`,
        actions: ['chooseImage'],
      };
    case 'undecodable':
      return {
        sentence: `The browser that Talkthrough runs in cannot decode ${file}. Open it and share your screen instead.`,
        actions: ['shareScreen'],
      };
  }
}

function tooLarge(file: string, sizeBytes: number | undefined): string {
  if (sizeBytes === undefined) return `${file} is too large a picture to be shown.`;
  return `${file} has ${megabytes(sizeBytes, Math.ceil)} MB; at most ${megabytes(MAX_PICTURE_FILE_BYTES, Math.floor)} MB can be shown.`;
}

function megabytes(bytes: number, round: (number: number) => number): number {
  return round(bytes / (1024 * 1024));
}
