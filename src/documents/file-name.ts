import type { Uri } from 'vscode';

/** A file's name without its folder, as the person sees it in the explorer. */
export function nameOf(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
