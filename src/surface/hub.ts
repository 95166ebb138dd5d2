import * as vscode from 'vscode';
import { fromSurface } from '../protocol/from-surface.ts';
import type { Ability, FromSurface, SurfaceKind, ToSurface } from '../protocol/messages.ts';
import type { Surface } from './surface.ts';

interface Member {
  readonly surface: Surface;
  readonly abilities: ReadonlySet<Ability>;
}

/** What surfaces report; `join` the hub keeps to itself. */
type Report = Exclude<FromSurface, { type: 'join' }>;

/**
 * Knows the surfaces and gives them their roles. Every surface shows the conversation; one at a time captures and plays,
 * since echo cancellation needs both in one page: one of the kind that was chosen, that answers, and that can hear.
 */
export class SurfaceHub implements vscode.Disposable {
  readonly #members = new Map<Surface, Member>();
  readonly #surfaces = new Map<Surface, vscode.Disposable[]>();
  readonly #silent = new Set<Surface>();
  #mediaKind: SurfaceKind = 'panel';
  #media: Member | undefined;
  readonly #joined = new vscode.EventEmitter<Surface>();
  readonly #mediaChanged = new vscode.EventEmitter<Surface | undefined>();
  readonly #reported = new Map<Report['type'], vscode.EventEmitter<Report>>();
  /** A surface is ready to be told what there is to show; again after its page reloaded. */
  readonly onDidJoin = this.#joined.event;
  /** Another surface captures and plays from now on, or none does, or the same one was reloaded and starts anew. */
  readonly onDidChangeMedia = this.#mediaChanged.event;

  /** Calls `listener` with each message of that type, from whichever surface may say it, until it is disposed of. */
  on<Type extends Report['type']>(
    type: Type,
    listener: (message: Extract<Report, { type: Type }>) => void,
  ): vscode.Disposable {
    const reported = this.#reported.get(type) ?? new vscode.EventEmitter<Report>();
    this.#reported.set(type, reported);
    // What is fired under a type is of that type, which a map cannot say.
    return reported.event((message) => listener(message as Extract<Report, { type: Type }>));
  }

  add(surface: Surface): void {
    this.#surfaces.set(surface, [
      surface.onDidReceive((message) => this.#receive(surface, message)),
      surface.onDidClose(() => this.#remove(surface)),
    ]);
  }

  /** Which kind of surface captures and plays from now on. */
  setMediaKind(kind: SurfaceKind): void {
    this.#mediaKind = kind;
    this.#reassign();
  }

  /** A surface that does not answer captures and plays nothing until it does. */
  setResponding(surface: Surface, responding: boolean): void {
    if (responding) this.#silent.delete(surface);
    else this.#silent.add(surface);
    this.#reassign();
  }

  /** What a surface of that kind may do, if one has joined. */
  abilitiesOf(kind: SurfaceKind): ReadonlySet<Ability> | undefined {
    return [...this.#members.values()].find(({ surface }) => surface.kind === kind)?.abilities;
  }

  /** What the surface that captures and plays may do. Empty when there is none. */
  get mediaAbilities(): ReadonlySet<Ability> {
    return this.#media?.abilities ?? new Set();
  }

  /** The kind of the surface that captures and plays, if there is one. */
  get mediaSurface(): SurfaceKind | undefined {
    return this.#media?.surface.kind;
  }

  get visible(): boolean {
    return [...this.#members.keys()].some((surface) => surface.visible);
  }

  /** To every surface that has joined, or to those of one kind. */
  broadcast(message: ToSurface, kind?: SurfaceKind): void {
    for (const { surface } of this.#members.values()) {
      if (kind === undefined || surface.kind === kind) surface.post(message);
    }
  }

  /** To one surface of that kind; false when none has joined. */
  postToOne(kind: SurfaceKind, message: ToSurface): boolean {
    const one = [...this.#members.keys()].find((surface) => surface.kind === kind);
    one?.post(message);
    return one !== undefined;
  }

  /** To the surface that captures and plays, if there is one. */
  postToMedia(message: ToSurface): void {
    this.#media?.surface.post(message);
  }

  dispose(): void {
    for (const surface of [...this.#surfaces.keys()]) surface.dispose();
    this.#joined.dispose();
    this.#mediaChanged.dispose();
    for (const reported of this.#reported.values()) reported.dispose();
  }

  #receive(surface: Surface, message: FromSurface): void {
    if (message.type === 'join') return this.#join({ surface, abilities: new Set(message.abilities) });
    if (!this.#members.has(surface)) return;
    if (fromSurface[message.type].mediaOnly && this.#media?.surface !== surface) return;
    this.#reported.get(message.type)?.fire(message);
  }

  #join(member: Member): void {
    // A page that was reloaded begins anew: it must be told to capture again.
    if (this.#media?.surface === member.surface) this.#media = undefined;
    this.#members.set(member.surface, member);
    const changed = this.#assignMedia();
    if (this.#media !== member) member.surface.post({ type: 'roles', view: true, media: false });
    this.#joined.fire(member.surface);
    if (changed) this.#mediaChanged.fire(this.#media?.surface);
  }

  #remove(surface: Surface): void {
    for (const listener of this.#surfaces.get(surface) ?? []) listener.dispose();
    this.#surfaces.delete(surface);
    this.#members.delete(surface);
    this.#silent.delete(surface);
    this.#reassign();
  }

  #reassign(): void {
    if (this.#assignMedia()) this.#mediaChanged.fire(this.#media?.surface);
  }

  /** Tells the surfaces concerned; returns whether anything changed. */
  #assignMedia(): boolean {
    const candidates = [...this.#members.values()].filter(
      ({ surface, abilities }) =>
        surface.kind === this.#mediaKind && abilities.has('playback') && !this.#silent.has(surface),
    );
    const best = candidates.find(({ abilities }) => abilities.has('microphone')) ?? candidates[0];
    if (best === this.#media) return false;
    this.#media?.surface.post({ type: 'roles', view: true, media: false });
    this.#media = best;
    best?.surface.post({ type: 'roles', view: true, media: true });
    return true;
  }
}
