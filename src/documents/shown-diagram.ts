import * as vscode from 'vscode';
import { isSvg, svgFile } from '../protocol/svg.ts';
import type { PictureFailure } from '../problems/picture-problems.ts';
import { nameOf } from './file-name.ts';
import { MERMAID_EXTENSIONS, meantMermaid } from './mermaid-source.ts';
import { pictureOf, readPicture, type PictureRead } from './picture-file.ts';
import { extensionOf, PICTURE_EXTENSIONS } from './picture-type.ts';

/** The diagram that an editor or a preview shows. */
export type ShownDiagram =
  | { readonly kind: 'picture'; readonly name: string; readonly read: () => Promise<PictureRead> }
  /** As `picture`, but its editor holds changes that only saving brings out. */
  | {
      readonly kind: 'unsaved';
      readonly name: string;
      readonly uri: vscode.Uri;
      readonly read: () => Promise<PictureRead>;
    }
  /** Mermaid source: nothing here draws it, and a model reads it better than its picture. */
  | { readonly kind: 'mermaid'; readonly name: string; readonly source: string }
  /** `failure`: why there is none. */
  | { readonly kind: 'none'; readonly name: string; readonly failure: PictureFailure };

/**
 * The diagram in the active tab, with what is typed and not saved yet.
 *
 * @param uri what a menu was opened on; the tab that shows it counts then, or the file where none does
 */
export async function shownDiagram(uri?: vscode.Uri): Promise<ShownDiagram> {
  const tab = uri === undefined ? vscode.window.tabGroups.activeTabGroup.activeTab : tabOf(uri);
  const input: unknown = tab?.input;
  if (input instanceof vscode.TabInputText) return diagramIn(input.uri, false);
  if (input instanceof vscode.TabInputTextDiff) return diagramIn(input.modified, false);
  if (input instanceof vscode.TabInputCustom) return diagramIn(input.uri, tab?.isDirty === true);
  if (input instanceof vscode.TabInputWebview && tab !== undefined) return diagramPreviewed(tab);
  if (uri !== undefined) return diagramIn(uri, false);
  return { kind: 'none', name: '', failure: { code: tab === undefined ? 'no-editor' : 'closed-tab' } };
}

function tabOf(uri: vscode.Uri): vscode.Tab | undefined {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  return [activeTabGroup, ...all]
    .flatMap(({ tabs }) => tabs)
    .find(({ input }) => {
      const shows = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
      return shows && input.uri.toString() === uri.toString();
    });
}

async function diagramIn(uri: vscode.Uri, unsaved: boolean): Promise<ShownDiagram> {
  const name = nameOf(uri);
  const isRaster = PICTURE_EXTENSIONS.includes(extensionOf(name)) && extensionOf(name) !== 'svg';
  const document = isRaster ? undefined : await textDocument(uri);
  if (document !== undefined) return diagramInText(document);
  const read = () => readPicture(uri);
  return unsaved ? { kind: 'unsaved', name, uri, read } : { kind: 'picture', name, read };
}

/** What VS Code holds of it as text, unsaved changes included; nothing where it is none. */
async function textDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // Binary, missing or larger than VS Code takes as text: reading the file tells which.
    return undefined;
  }
}

function diagramInText(document: vscode.TextDocument): ShownDiagram {
  const name = nameOf(document.uri);
  const text = document.getText();
  // What is called a drawing and is none is found out by reading it.
  if (isSvg(text) || extensionOf(name) === 'svg')
    return { kind: 'picture', name, read: () => Promise.resolve(pictureOf(name, svgFile(text))) };
  const whole = document.languageId === 'mermaid' || MERMAID_EXTENSIONS.includes(extensionOf(name));
  const source = whole ? text : document.languageId === 'markdown' ? meantMermaid(text, cursorIn(document)) : undefined;
  if (source !== undefined && source.trim() !== '') return { kind: 'mermaid', name, source };
  return { kind: 'none', name, failure: { code: noDiagram(document, whole) } };
}

function noDiagram({ languageId }: vscode.TextDocument, isMermaid: boolean): 'empty' | 'no-mermaid' | 'no-diagram' {
  if (isMermaid) return 'empty';
  return languageId === 'markdown' ? 'no-mermaid' : 'no-diagram';
}

function cursorIn(document: vscode.TextDocument): number | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document === document ? editor.selection.active.line : undefined;
}

/** VS Code does not tell what a preview shows, only its title. */
async function diagramPreviewed(tab: vscode.Tab): Promise<ShownDiagram> {
  const uri = previewedIn(tab);
  return uri === undefined ? { kind: 'none', name: '', failure: { code: 'closed-tab' } } : diagramIn(uri, false);
}

/**
 * What a preview shows: the open document that its title names ("Preview shelf.md", in any language). The longest name
 * wins, so that `a.md` is not taken for `data.md`; of two files with one name neither is guessed.
 */
function previewedIn({ label }: vscode.Tab): vscode.Uri | undefined {
  const named = openUris().filter((uri) => isNamedIn(label, nameOf(uri)));
  const longest = Math.max(0, ...named.map((uri) => nameOf(uri).length));
  const candidates = new Map(
    named.filter((uri) => nameOf(uri).length === longest).map((uri) => [uri.toString(), uri] as const),
  );
  return candidates.size === 1 ? [...candidates.values()][0] : undefined;
}

function openUris(): vscode.Uri[] {
  const shown = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .map(({ input }) =>
      input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined,
    )
    .filter((uri) => uri !== undefined);
  return [...shown, ...vscode.workspace.textDocuments.filter(isFile).map(({ uri }) => uri)];
}

/** VS Code's own documents (output, settings, comments) have names, too. */
function isFile({ uri }: vscode.TextDocument): boolean {
  return !['output', 'vscode', 'vscode-userdata', 'git', 'comment'].includes(uri.scheme);
}

/** Preceded by a space, a quote or a bracket, and followed by the same or the end. */
function isNamedIn(label: string, name: string): boolean {
  if (name === '') return false;
  const at = label.indexOf(name);
  if (at < 0) return false;
  const [before, after] = [label.charAt(at - 1), label.charAt(at + name.length)];
  return !/[\w.-]/.test(before) && !/[\w.-]/.test(after);
}
