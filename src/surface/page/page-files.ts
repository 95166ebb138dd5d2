import * as vscode from 'vscode';
import { PAGE_HTML } from './page-html.ts';

export interface PageFile {
  readonly type: string;
  readonly body: Uint8Array;
}

/** The bundle's files that the page needs. Nothing else is served, whatever is asked for. */
const BUNDLE: Readonly<Record<string, string>> = {
  'surface.js': 'text/javascript; charset=utf-8',
  'surface.css': 'text/css; charset=utf-8',
  'codicon.ttf': 'font/ttf',
  'microphone.worklet.js': 'text/javascript; charset=utf-8',
  'speaker.worklet.js': 'text/javascript; charset=utf-8',
  'picture.worker.js': 'text/javascript; charset=utf-8',
};

/** All that the server answers, by request path. Read once, so that a request never touches the disk. */
export async function readPageFiles(web: vscode.Uri): Promise<ReadonlyMap<string, PageFile>> {
  const html = { type: 'text/html; charset=utf-8', body: new TextEncoder().encode(PAGE_HTML) };
  const files = await Promise.all(
    Object.entries(BUNDLE).map(async ([name, type]): Promise<[string, PageFile]> => {
      return [`/${name}`, { type, body: await vscode.workspace.fs.readFile(vscode.Uri.joinPath(web, name)) }];
    }),
  );
  return new Map<string, PageFile>([['/', html], ...files]);
}
