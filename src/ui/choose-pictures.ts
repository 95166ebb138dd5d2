import * as vscode from 'vscode';
import { MERMAID_EXTENSIONS } from '../documents/mermaid-source.ts';
import { PICTURE_EXTENSIONS } from '../documents/picture-type.ts';

/** Asks which picture files to show. Nothing when the person gave up. */
export async function choosePictures(): Promise<readonly vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    title: 'Show Image',
    openLabel: 'Show',
    canSelectMany: true,
    filters: { 'Pictures and diagrams': [...PICTURE_EXTENSIONS, ...MERMAID_EXTENSIONS] },
  });
}
