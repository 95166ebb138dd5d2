// Questions about code, answered by really asking the tools that the setup declared, as the model would.
import { stringAt } from '../wire/json-value.ts';
import {
  declarationAround,
  declarationsIn,
  hoverIn,
  placeIn,
  problemsSaid,
  symbolNamed,
  usesIn,
  usesSaid,
  whatIsOpen,
  type Declaration,
  type Place,
  type Uses,
} from './editor-answers.ts';
import { CannotTell, type Inquiry } from './inquiry.ts';
import { counted, enumeration } from './phrases.ts';
import type { Question } from './questions.ts';
import { renameInFile } from './rename.ts';

export type CodeQuestion = Extract<
  Question,
  { kind: 'open' | 'explain' | 'explain-file' | 'problems' | 'uses' | 'rename' }
>;

type Named = Required<Place>;

/** Files that it proposes to change at once. */
const MAX_FILES = 20;
/** Names said of what code calls. */
const MAX_CALLS_SAID = 5;

export class CodeAnswers {
  /** What was spoken of last: "it". */
  #last: Named | undefined;

  /** What to say; never rejects because of what tools answer. */
  async answer(question: CodeQuestion, ask: Inquiry): Promise<string> {
    try {
      return await this.#answer(question, ask);
    } catch (error) {
      if (error instanceof CannotTell) return error.message;
      throw error;
    }
  }

  async #answer(question: CodeQuestion, ask: Inquiry): Promise<string> {
    switch (question.kind) {
      case 'open':
        return whatIsOpen(await ask.call('editor_state'));
      case 'explain':
        return this.#explain(ask, await this.#meant(ask, question.name));
      case 'explain-file':
        return explainFile(ask, await cursor(ask));
      case 'problems':
        return problemsSaid(await ask.call('editor_state'));
      case 'uses':
        return this.#uses(ask, await this.#named(ask, question.name));
      case 'rename':
        return this.#rename(ask, await this.#named(ask, question.name), question.to);
    }
  }

  async #explain(ask: Inquiry, { path, line, name }: Place): Promise<string> {
    const around = await declarationAt(ask, path, line);
    const hover = name === undefined ? undefined : await ask.tryCall('hover', { path, line, symbol: name });
    if (name !== undefined && hover !== undefined && name !== around?.name) {
      const { signature, about } = hoverIn(hover);
      this.#last = { path, line, name };
      const inside = around === undefined ? '' : ` It stands in the ${around.kind} ${around.name}.`;
      return `${name}, in line ${line} of ${path}, is ${sentence(signature)}${about === '' ? '' : ` ${sentence(about)}`}${inside}`;
    }
    if (around === undefined) return `I find nothing declared around line ${line} of ${path}.`;
    this.#last = { path, line: around.from, name: around.name };
    const known = hover ?? (await ask.tryCall('hover', { path, line: around.from, symbol: around.name }));
    const { signature, about } = known === undefined ? { signature: '', about: '' } : hoverIn(known);
    const lines = around.from === around.to ? `line ${around.from}` : `lines ${around.from} to ${around.to}`;
    const read = await ask.tryCall('read_file', { path, from: around.from, to: around.to });
    const calls = read === undefined ? [] : callsIn(stringAt(read, 'text') ?? '', around.name);
    return [
      `${around.name} is a ${around.kind} in ${path}, ${lines}.`,
      about !== '' ? `It says of itself: ${sentence(about)}` : signature !== '' ? `It is ${sentence(signature)}` : '',
      calls.length > 0 ? `It calls ${enumeration(calls.slice(0, MAX_CALLS_SAID))}.` : '',
    ]
      .filter((part) => part !== '')
      .join(' ');
  }

  async #uses(ask: Inquiry, symbol: Named): Promise<string> {
    const uses = await allUses(ask, symbol);
    const count = uses.reduce((sum, { lines }) => sum + lines.length, 0);
    const other = uses.find(({ path }) => path !== symbol.path);
    const line = other?.lines.at(-1);
    if (other !== undefined && line !== undefined) await ask.tryCall('reveal', { path: other.path, line });
    const shown = other === undefined || !ask.can('reveal') ? '' : ` I show you ${other.path}.`;
    return `${symbol.name} stands in ${counted(count, 'line')} of ${counted(uses.length, 'file')}, its declaration included: ${usesSaid(uses)}.${shown}`;
  }

  async #rename(ask: Inquiry, symbol: Named, to: string): Promise<string> {
    const uses = await allUses(ask, symbol);
    if (uses.length > MAX_FILES) return `${symbol.name} stands in ${uses.length} files, which is too much for me.`;
    const files = await Promise.all(uses.map((use) => renameInFile(ask, use, symbol.name, to)));
    await ask.call('propose_edit', { summary: `Rename ${symbol.name} to ${to}`, files });
    const count = uses.reduce((sum, { lines }) => sum + lines.length, 0);
    return `I propose to rename ${symbol.name} to ${to}, in ${counted(count, 'line')} of ${counted(files.length, 'file')}. Read the change, then accept or discard it: nothing is written before.`;
  }

  /** @param name absent or "it" where the person did not say which */
  async #meant(ask: Inquiry, name: string | undefined): Promise<Place> {
    if (name === 'it' && this.#last !== undefined) return this.#last;
    if (name === undefined || name === 'it') return cursor(ask);
    const found = await ask.call('find_symbol', { query: name });
    const symbol = symbolNamed(found, name);
    if (symbol === undefined) throw new CannotTell(`I know nothing that is called exactly ${name}.`);
    return (this.#last = symbol);
  }

  /** The same where it has to have a name: the one at the cursor, else of what stands around it. */
  async #named(ask: Inquiry, name: string | undefined): Promise<Named> {
    const place = await this.#meant(ask, name);
    if (place.name !== undefined) return (this.#last = { ...place, name: place.name });
    const around = await declarationAt(ask, place.path, place.line);
    if (around === undefined) throw new CannotTell('Put the cursor into the name that you mean, or type it.');
    return (this.#last = { path: place.path, line: around.from, name: around.name });
  }
}

async function cursor(ask: Inquiry): Promise<Place> {
  const place = placeIn(await ask.call('editor_state'));
  if (place === undefined)
    throw new CannotTell('No text editor is open. Open a file and put the cursor where you mean.');
  return place;
}

async function declarationAt(ask: Inquiry, path: string, line: number): Promise<Declaration | undefined> {
  const outline = await ask.tryCall('document_outline', { path });
  return outline === undefined ? undefined : declarationAround(declarationsIn(outline), line);
}

async function explainFile(ask: Inquiry, { path }: Place): Promise<string> {
  const declared = declarationsIn(await ask.call('document_outline', { path }));
  const last = { to: 0 };
  const outermost = declared.filter(({ from, to }) => {
    if (from <= last.to) return false;
    last.to = to;
    return true;
  });
  if (outermost.length === 0) return `${path} declares nothing.`;
  return `${path} declares ${enumeration(outermost.map(({ kind, name }) => `the ${kind} ${name}`))}.`;
}

async function allUses(ask: Inquiry, { path, line, name }: Named): Promise<readonly Uses[]> {
  const byFile = new Map<string, Set<number>>();
  let continueFrom: number | undefined;
  do {
    const args = { path, line, symbol: name, ...(continueFrom !== undefined && { continueFrom }) };
    const found = await ask.call('find_references', args);
    for (const use of usesIn(found)) {
      byFile.set(use.path, new Set([...(byFile.get(use.path) ?? []), ...use.lines]));
    }
    const next = found['continueFrom'];
    continueFrom = typeof next === 'number' && next > (continueFrom ?? 0) ? next : undefined;
  } while (continueFrom !== undefined);
  return [...byFile].map(([file, lines]) => ({ path: file, lines: [...lines].sort((a, b) => a - b) }));
}

const NO_CALLS = ['if', 'for', 'while', 'switch', 'return', 'catch', 'function', 'await', 'typeof', 'super'];

/** Names that are called in numbered lines of code, each once. */
function callsIn(text: string, own: string): readonly string[] {
  const code = text.replaceAll(/^\d+\t/gm, '').replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '');
  const names = [...code.matchAll(/([\p{L}_$][\p{L}\p{N}_$]*)\s*\(/gu)].flatMap(([, name]) => name ?? []);
  return [...new Set(names)].filter((name) => name !== own && !NO_CALLS.includes(name));
}

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);
