import * as vscode from 'vscode';
import { shownEditor } from '../../editor/shown-editor.ts';
import type { Gate } from '../../gate/gate.ts';
import { AllowedFiles } from './locations.ts';
import { documentSymbols, serverReadiness, startOf, type Readiness } from './server-readiness.ts';

/** Languages whose servers know symbols of the whole workspace, of which one file is enough to wake them. */
const SOURCES =
  '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,py,go,rs,java,kt,cs,cpp,cc,c,h,hpp,rb,php,swift,dart,scala,lua,vue,svelte}';
const NOT_SOURCES = '**/{node_modules,.git,dist,out,build,target,vendor}/**';
const MAX_TRIED = 20;

/**
 * A server that knows the workspace begins when a file of its language is opened, and answers about the whole only once it
 * has read it. Waits for the one of the shown file; where none is shown, some source file wakes one.
 */
export async function wokenServer(gate: Pick<Gate, 'readable' | 'relative'>, signal: AbortSignal): Promise<Readiness> {
  const document = sourceOnScreen() ?? (await someSource(gate));
  if (document === undefined) return 'silent';
  const [symbol] = await documentSymbols(document.uri);
  return serverReadiness(document, symbol === undefined ? document.positionAt(0) : startOf(symbol), signal);
}

/** A program among what is open: a page of Markdown wakes no server that knows symbols of others. */
function sourceOnScreen(): vscode.TextDocument | undefined {
  const shown = [shownEditor(), ...vscode.window.visibleTextEditors].flatMap((editor) => editor?.document ?? []);
  return [...shown, ...vscode.workspace.textDocuments].find(isSource);
}

async function someSource(gate: Pick<Gate, 'readable' | 'relative'>): Promise<vscode.TextDocument | undefined> {
  const files = new AllowedFiles(gate);
  for (const uri of await vscode.workspace.findFiles(SOURCES, NOT_SOURCES, MAX_TRIED)) {
    // By its own name: a server takes what a link leads to for another file.
    const file = await files.of(uri);
    if (file !== undefined) return vscode.workspace.openTextDocument(file.uri);
  }
  return undefined;
}

function isSource(document: vscode.TextDocument): boolean {
  return vscode.languages.match({ pattern: SOURCES }, document) > 0;
}
