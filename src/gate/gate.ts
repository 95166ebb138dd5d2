import * as vscode from 'vscode';
import { Consent, type ConsentAction, type ConsentAnswer } from './consent.ts';
import { ExcludeSetting } from './exclude-setting.ts';
import { GitIgnored } from './git-ignored.ts';
import { parseModelPath } from './model-path.ts';
import { quoted } from './quoted.ts';
import { realPlace, type RealPlace } from './real-place.ts';
import { maskSecrets } from './secrets.ts';
import { pathOf, placeIn, placeOf, uriOf, type Place } from './workspace-places.ts';

export interface GateOptions {
  /** The workspace's: where it is kept which named tasks may always run. */
  readonly memory: vscode.Memento;
  readonly workspace?: Pick<typeof vscode.workspace, 'isTrusted'>;
}

/** A path that may be read, in the file system's own spelling and with links followed. */
export interface Admitted {
  readonly uri: vscode.Uri;
  /** Workspace-relative, with forward slashes. */
  readonly path: string;
}

export interface Refused {
  /** A sentence for the model. It tells nothing about what it may not read, not even whether it exists. */
  readonly refused: string;
}

/**
 * The one place for trust: what the model may read, what of a text it may see, and what the person is asked before anything is
 * changed or run. Nothing that a tool is given or finds can widen it; only the person's settings and open tabs can.
 */
export class Gate implements vscode.Disposable {
  readonly #setting = new ExcludeSetting();
  readonly #gitIgnored = new GitIgnored();
  readonly #consent: Consent;
  readonly #changed = new vscode.EventEmitter<void>();
  /** What may be read is not what it was: the setting changed, or what git ignores. */
  readonly onDidChange = this.#changed.event;

  constructor({ memory, workspace = vscode.workspace }: GateOptions) {
    this.#consent = new Consent(memory, workspace);
    this.#setting.onDidChange(() => this.#changed.fire());
    this.#gitIgnored.onDidChange(() => this.#changed.fire());
  }

  /** A path the model gave: inside a workspace folder, links resolved, there, not excluded; or a plain sentence why not. */
  async readable(path: string, signal?: AbortSignal): Promise<Admitted | Refused> {
    const found = await this.writable(path, signal);
    if ('refused' in found) return found;
    return found.exists ? { uri: found.uri, path: found.path } : { refused: `There is no ${quoted(path)} here.` };
  }

  /** The same for a file that may not exist yet. What may not be read may not be written either. */
  async writable(path: string, signal?: AbortSignal): Promise<(Admitted & { readonly exists: boolean }) | Refused> {
    const parsed = parseModelPath(path);
    if ('refused' in parsed) return parsed;
    const place = placeIn(parsed.segments);
    if ('refused' in place) return place;
    // By name, before anything is looked up: what is excluded is not even known to exist.
    if (this.#setting.excludes(place.segments)) return excluded(path);
    const real = await realPlace(place);
    if (signal?.aborted === true) return { refused: 'Nobody waits for it any more.' };
    if (real.kind === 'outside')
      return { refused: `${quoted(path)} leads out of the workspace, where nothing can be read.` };
    if (this.#setting.excludes(real.place.segments)) return excluded(path);
    if (await this.#isGitIgnored(place, real.place)) {
      return { refused: `${quoted(path)} is ignored by git. The person can open it in an editor to let you read it.` };
    }
    return { uri: uriOf(real.place), path: pathOf(real.place), exists: real.kind === 'file' };
  }

  /**
   * The same for a uri that VS Code gave (search hits, definitions, diagnostics, diffs): what is outside or excluded is to be
   * left out. What does not exist any more is judged by its name.
   */
  async mayRead(uri: vscode.Uri): Promise<boolean> {
    const place = placeOf(uri);
    if (place === undefined || this.#setting.excludes(place.segments)) return false;
    const real = await realPlace(place);
    if (real.kind === 'outside' || this.#setting.excludes(real.place.segments)) return false;
    return !(await this.#isGitIgnored(place, real.place));
  }

  /** The cheap and synchronous part of it, for lists and context: outside of the workspace, or excluded by name. */
  isExcludedName(uri: vscode.Uri): boolean {
    const place = placeOf(uri);
    return place === undefined || this.#setting.excludes(place.segments);
  }

  /**
   * Which of many files may be named in a list. Links are followed for folders, once for each, not for the files themselves:
   * what is read of the list is asked for one by one.
   */
  async listable(uris: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
    const folders = new Map<string, Promise<RealPlace>>();
    const listed: vscode.Uri[] = [];
    for (const uri of uris) {
      const place = placeOf(uri);
      const name = place?.segments.at(-1);
      if (place === undefined || name === undefined || this.#setting.excludes(place.segments)) continue;
      const above = { folder: place.folder, segments: place.segments.slice(0, -1) };
      const key = uriOf(above).toString();
      const known = folders.get(key) ?? realPlace(above);
      folders.set(key, known);
      const real = await known;
      if (real.kind === 'outside') continue;
      const realFile = { folder: real.place.folder, segments: [...real.place.segments, name] };
      if (this.#setting.excludes(realFile.segments) || (await this.#isGitIgnored(place, realFile))) continue;
      listed.push(uri);
    }
    return listed;
  }

  /** Whether it may be read only because the person has it open: a search of the disk leaves it out. */
  async isUnlocked(uri: vscode.Uri): Promise<boolean> {
    const place = placeOf(uri);
    if (place === undefined || !isOpenInTab(uri)) return false;
    return this.#gitIgnored.ignores(place.folder.uri, place.segments);
  }

  /**
   * Text from outside on its way to the model: secrets found in it are masked, lines stay where they are. Give it whole, before
   * a part is cut out: a key is known by its first line. Every text result goes through this.
   */
  mask(text: string): string {
    return maskSecrets(text);
  }

  /** Workspace-relative path of a uri, or undefined outside of the workspace. */
  relative(uri: vscode.Uri): string | undefined {
    const place = placeOf(uri);
    return place === undefined ? undefined : pathOf(place);
  }

  /** Asks the person in VS Code, with exactly what will happen; `refused` without asking in an untrusted workspace. */
  confirm(action: ConsentAction, signal: AbortSignal): Promise<ConsentAnswer> {
    return this.#consent.ask(action, signal);
  }

  dispose(): void {
    this.#setting.dispose();
    this.#gitIgnored.dispose();
    this.#changed.dispose();
  }

  /** What git ignores is unlocked by the person who opens it. */
  async #isGitIgnored(...places: readonly Place[]): Promise<boolean> {
    for (const { folder, segments } of places) {
      if (!(await this.#gitIgnored.ignores(folder.uri, segments))) continue;
      return !isOpenInTab(...places.map(uriOf));
    }
    return false;
  }
}

function excluded(path: string): Refused {
  return {
    refused: `${quoted(path)} is private (talkthrough.privacy.exclude): it is never read, whatever asks for it.`,
  };
}

/** Files that the person has open in an editor, in whatever group or kind of editor. */
function isOpenInTab(...uris: readonly vscode.Uri[]): boolean {
  const sought = new Set(uris.map((uri) => uri.toString()));
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => urisOf(input).some((uri) => sought.has(uri.toString()))),
  );
}

function urisOf(input: unknown): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputTextDiff) return [input.original, input.modified];
  if (input instanceof vscode.TabInputText) return [input.uri];
  if (input instanceof vscode.TabInputNotebook) return [input.uri];
  if (input instanceof vscode.TabInputCustom) return [input.uri];
  return [];
}
