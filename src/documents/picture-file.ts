import * as vscode from 'vscode';
import { MAX_PICTURE_FILE_BYTES } from '../protocol/picture.ts';
import type { PictureMimeType } from '../protocol/picture-kind.ts';
import { svgFile, textOf } from '../protocol/svg.ts';
import { nameOf } from './file-name.ts';
import type { PictureFailure } from '../problems/picture-problems.ts';
import { pictureTypeOf } from './picture-type.ts';

/** A picture as it lies in a file; only a surface can decode it. */
export interface PictureFile {
  /** The file's name, without its folder. */
  readonly name: string;
  readonly mimeType: PictureMimeType;
  readonly bytes: Uint8Array;
}

export type PictureRead =
  | { readonly kind: 'picture'; readonly file: PictureFile }
  | { readonly kind: 'failed'; readonly failure: PictureFailure };

/** Reads a picture from wherever VS Code can read. Its size is asked first: what is too large is never loaded. */
export async function readPicture(uri: vscode.Uri): Promise<PictureRead> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) return failed({ code: 'folder' });
    if (size > MAX_PICTURE_FILE_BYTES) return failed({ code: 'too-large', sizeBytes: size });
    return pictureOf(nameOf(uri), await vscode.workspace.fs.readFile(uri));
  } catch (cause) {
    return failed(readFailure(cause));
  }
}

/** The picture in a file's bytes. */
export function pictureOf(name: string, bytes: Uint8Array): PictureRead {
  if (bytes.byteLength === 0) return failed({ code: 'empty' });
  // A file system that does not know sizes says 0 for every file.
  if (bytes.byteLength > MAX_PICTURE_FILE_BYTES) return failed({ code: 'too-large', sizeBytes: bytes.byteLength });
  const type = pictureTypeOf(name, bytes);
  switch (type.kind) {
    case 'picture':
      return { kind: 'picture', file: { name, mimeType: type.mimeType, bytes: plain(type.mimeType, bytes) } };
    case 'other-format':
      return failed({ code: 'other-format', format: type.format });
    case 'no-picture':
    case 'damaged':
      return failed({ code: type.kind });
  }
}

/** Surfaces take drawings for UTF-8. */
function plain(mimeType: PictureMimeType, bytes: Uint8Array): Uint8Array {
  return mimeType === 'image/svg+xml' ? svgFile(textOf(bytes)) : bytes;
}

function failed(failure: PictureFailure): PictureRead {
  return { kind: 'failed', failure };
}

function readFailure(cause: unknown): PictureFailure {
  const code = cause instanceof vscode.FileSystemError ? cause.code : '';
  switch (code) {
    case 'FileNotFound':
      return { code: 'missing' };
    case 'FileIsADirectory':
      return { code: 'folder' };
    case 'NoPermissions':
      return { code: 'forbidden' };
    default:
      return { code: 'unreadable', detail: cause instanceof Error ? cause.message : String(cause) };
  }
}
