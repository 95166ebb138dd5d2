// What tools of the editor answer, taken apart as far as the assistant speaks of it.
import { listAt, stringAt, type JsonObject } from '../wire/json-value.ts';
import { counted, enumeration } from './phrases.ts';

/** A place in the code, lines from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
  /** The name that stands there. */
  readonly name?: string;
}

/** A declaration as an outline has it. */
export interface Declaration {
  readonly from: number;
  readonly to: number;
  readonly kind: string;
  readonly name: string;
}

/** Lines of a file in which a name stands, each from 1. */
export interface Uses {
  readonly path: string;
  readonly lines: readonly number[];
}

/** `editor_state`: where the person is. */
export function placeIn(state: JsonObject): Place | undefined {
  const selection = stringAt(state, 'selection') ?? '';
  const [, line, path, name] =
    /cursor is in line (\d+) of (.+?)(?: at "((?:[^"\\]|\\.)*)")?(?::|, which)/.exec(selection) ?? [];
  if (line !== undefined && path !== undefined)
    return { path, line: Number(line), ...(name !== undefined && { name }) };
  const selected = /^Selected in (.+?), lines? (\d+)(?: to \d+)? \(.*\n\d+\|\s?(.*)/.exec(selection);
  const [, file, first, text = ''] = selected ?? [];
  if (file === undefined || first === undefined) return undefined;
  // One name is selected: that is meant; of a longer stretch, where it begins.
  const only = /^\s*([\p{L}_$][\p{L}\p{N}_$]*)\s*$/u.exec(text)?.[1];
  return { path: file, line: Number(first), ...(only !== undefined && { name: only }) };
}

/** `editor_state`, as a person is told what they have open. */
export function whatIsOpen(state: JsonObject): string {
  const told = stringAt(state, 'file') ?? '';
  const active = /active editor shows (?:a cell of )?(.+?) \((.*?), (\d+) lines(, not saved)?\)/.exec(told);
  const [, path, language, lines, unsaved] = active ?? [];
  const sentences = [
    path === undefined
      ? told
      : `You have ${path} open, ${counted(Number(lines), 'line')} of ${language ?? 'text'}${unsaved === undefined ? '' : ', not saved'}.`,
  ];
  const place = placeIn(state);
  if (place !== undefined) {
    sentences.push(`You are in line ${place.line}${place.name === undefined ? '' : `, at ${place.name}`}.`);
  }
  const [problems] = (stringAt(state, 'problems') ?? '').split('\n');
  if (problems !== undefined && problems !== '') sentences.push(problems);
  const tabs = stringAt(state, 'tabs');
  if (tabs !== undefined) sentences.push(tabs);
  return sentences.join(' ');
}

/** `editor_state`, as far as something is wrong in the active file. */
export function problemsSaid(state: JsonObject): string {
  const problems = stringAt(state, 'problems');
  if (problems === undefined) return 'I see no problems in the file that is open.';
  const [heading, ...lines] = problems.split('\n');
  return [heading, ...lines.map((line) => (/[.)]$/.test(line) ? line : `${line}.`))].join(' ');
}

/** `document_outline`. */
export function declarationsIn(outline: JsonObject): readonly Declaration[] {
  return (stringAt(outline, 'outline') ?? '').split('\n').flatMap((text) => {
    const [, from, to = from, kind, name] = /^\s*(\d+)(?:-(\d+))? ((?:[a-z]+ )*?[a-z]+) (\S.*)$/.exec(text) ?? [];
    if (from === undefined || kind === undefined || name === undefined) return [];
    return [{ from: Number(from), to: Number(to), kind, name }];
  });
}

const BODIES = ['function', 'method', 'class', 'interface', 'constructor', 'enum', 'struct', 'module', 'namespace'];

/** The innermost one around a line that has a body. */
export function declarationAround(declarations: readonly Declaration[], line: number): Declaration | undefined {
  return declarations.findLast(({ from, to, kind }) => BODIES.includes(kind) && from <= line && line <= to);
}

/** `hover`: the signature, and what is written about it. */
export function hoverIn(hover: JsonObject): { readonly signature: string; readonly about: string } {
  const text = stringAt(hover, 'about') ?? '';
  const [, signature = ''] = /```[a-z]*\n([\s\S]*?)```/.exec(text) ?? [];
  const about = text
    .replaceAll(/```[\s\S]*?```/g, ' ')
    .replaceAll(/[`*]/g, '')
    .replaceAll(/\s+/g, ' ');
  return { signature: signature.trim().replaceAll(/\s+/g, ' '), about: about.trim() };
}

/** `find_symbol`: the declaration of exactly that name, whatever its case. */
export function symbolNamed(found: JsonObject, name: string): Required<Place> | undefined {
  const sought = name.toLowerCase();
  for (const text of (stringAt(found, 'symbols') ?? '').split('\n')) {
    const [, path, line, rest = ''] = /^(.+?) (\d+) (.+)$/.exec(text) ?? [];
    if (path === undefined) continue;
    const known = (rest.split(' in ')[0] ?? '').split(/[\s(]/).find((word) => word.toLowerCase() === sought);
    if (known !== undefined) return { path, line: Number(line), name: known };
  }
  return undefined;
}

/** `find_references`. */
export function usesIn(found: JsonObject): readonly Uses[] {
  return listAt(found, 'files').flatMap((file) => {
    const path = stringAt(file, 'path');
    const numbers = (stringAt(file, 'lines') ?? '').split('\n').map((text) => Number(/^(\d+)\|/.exec(text)?.[1]));
    return path === undefined ? [] : [{ path, lines: [...new Set(numbers.filter((line) => line > 0))] }];
  });
}

const MAX_FILES_SAID = 4;

/** `src/cart.ts line 18, and src/checkout.ts lines 1, 6 and 11` */
export function usesSaid(uses: readonly Uses[]): string {
  const said = uses
    .slice(0, MAX_FILES_SAID)
    .map(({ path, lines }) => `${path} line${lines.length === 1 ? '' : 's'} ${enumeration(lines.map(String))}`);
  const more = uses.length - said.length;
  return said.join('; ') + (more > 0 ? `; and ${counted(more, 'more file')}` : '');
}
