import * as vscode from 'vscode';
import { inOneLine, MaskedLines } from '../../editor/quoted-lines.ts';
import type { Admitted, Gate } from '../../gate/gate.ts';

type LocationGate = Pick<Gate, 'readable' | 'relative' | 'mask'>;

/** A place that may be told, lines from 0. */
export interface AllowedLocation {
  readonly uri: vscode.Uri;
  readonly path: string;
  /** Of the name. */
  readonly range: vscode.Range;
  /** Of all that belongs to it, where that is known. */
  readonly whole: vscode.Range;
}

export interface AllowedLocations {
  /** By path, then from top to bottom. */
  readonly locations: readonly AllowedLocation[];
  /** Found, but outside of the workspace or private. */
  readonly leftOut: number;
}

/** Files that language servers name, by the names they really have: a server that came by a link knows them by that, too. */
export class AllowedFiles {
  readonly #gate: Pick<Gate, 'readable' | 'relative'>;
  readonly #known = new Map<string, Promise<Admitted | undefined>>();

  constructor(gate: Pick<Gate, 'readable' | 'relative'>) {
    this.#gate = gate;
  }

  /** Nothing where it may not be told. */
  of(uri: vscode.Uri): Promise<Admitted | undefined> {
    const key = uri.toString();
    const known = this.#known.get(key) ?? this.#look(uri);
    this.#known.set(key, known);
    return known;
  }

  async #look(uri: vscode.Uri): Promise<Admitted | undefined> {
    const path = this.#gate.relative(uri);
    const found = path === undefined ? undefined : await this.#gate.readable(path);
    return found === undefined || 'refused' in found ? undefined : found;
  }
}

/** What language servers answer, less what the model may not see. */
export async function allowedLocations(
  gate: LocationGate,
  found: readonly (vscode.Location | vscode.LocationLink)[],
): Promise<AllowedLocations> {
  const files = new AllowedFiles(gate);
  const seen = new Set<string>();
  const locations: AllowedLocation[] = [];
  let leftOut = 0;
  for (const one of found) {
    const { uri, range, whole } = placeOf(one);
    const file = await files.of(uri);
    const key = `${(file?.uri ?? uri).toString()} ${range.start.line} ${range.start.character}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (file === undefined) leftOut += 1;
    else locations.push({ ...file, range, whole });
  }
  locations.sort((a, b) => (a.path === b.path ? a.range.start.compareTo(b.range.start) : a.path < b.path ? -1 : 1));
  return { locations, leftOut };
}

/** The lines of files that results name, each file read and masked once. */
export class LocationLines {
  readonly #gate: LocationGate;
  readonly #files = new Map<string, Promise<MaskedLines | undefined>>();

  constructor(gate: LocationGate) {
    this.#gate = gate;
  }

  /** `12| const total = 0;`; only the number where the file cannot be read. */
  async lineOf({ uri, range }: AllowedLocation): Promise<string> {
    const lines = await this.#linesOf(uri, range);
    return lines?.quoted(range.start.line, inOneLine(lines.at(range.start.line))) ?? `${range.start.line + 1}|`;
  }

  /** The first lines of all that belongs to a place. */
  async excerptOf({ uri, whole }: AllowedLocation, maxLines: number): Promise<string> {
    const lines = await this.#linesOf(uri, whole);
    if (lines === undefined) return '';
    const end = Math.min(whole.end.line, whole.start.line + maxLines - 1);
    return Array.from({ length: end - whole.start.line + 1 }, (_, i) => lines.quoted(whole.start.line + i)).join('\n');
  }

  #linesOf(uri: vscode.Uri, range: vscode.Range): Promise<MaskedLines | undefined> {
    const key = uri.toString();
    const known = this.#files.get(key);
    if (known !== undefined) return known;
    const lines = textOf(uri).then(
      (text) => new MaskedLines(this.#gate, text, range),
      () => undefined,
    );
    this.#files.set(key, lines);
    return lines;
  }
}

/** As it is on screen, else as it is saved: a document that is opened for it would be work for every language server. */
async function textOf(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

function placeOf(one: vscode.Location | vscode.LocationLink): Pick<AllowedLocation, 'uri' | 'range' | 'whole'> {
  if ('uri' in one) return { uri: one.uri, range: one.range, whole: one.range };
  return { uri: one.targetUri, range: one.targetSelectionRange ?? one.targetRange, whole: one.targetRange };
}
