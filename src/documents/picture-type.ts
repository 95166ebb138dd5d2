import { pictureKind, type PictureKind } from '../protocol/picture-kind.ts';

export type PictureType =
  | PictureKind
  /** Neither the name nor the contents are a picture's. */
  | { readonly kind: 'no-picture' }
  /** Named like a picture, but its contents are none. */
  | { readonly kind: 'damaged' };

/** Ends of file names that say picture, without the dot, as file dialogs want them. Exports of draw.io are png and svg. */
export const PICTURE_EXTENSIONS: readonly string[] = ['png', 'jpg', 'jpeg', 'jpe', 'jfif', 'webp', 'gif', 'svg'];

/** The part of a file name after its last dot, in lower case; empty without one. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** What a file is. Its contents decide; the name only says how to speak of it where they say nothing. */
export function pictureTypeOf(name: string, bytes: Uint8Array): PictureType {
  return pictureKind(bytes) ?? { kind: PICTURE_EXTENSIONS.includes(extensionOf(name)) ? 'damaged' : 'no-picture' };
}
