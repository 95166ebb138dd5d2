import * as vscode from 'vscode';
import type { Ability, FromSurface, ToSurface } from '../protocol/messages.ts';
import type { Surface } from './surface.ts';

interface Member {
  readonly surface: Surface;
  readonly abilities: ReadonlySet<Ability>;
}

/** What a surface says, but for `join`, which the hub keeps to itself. */
export type SurfaceReport = Exclude<FromSurface, { type: 'join' }>;

/**
 * Knows the surfaces and gives them their roles. Every surface shows the conversation; one at a time captures and plays,
 * since echo cancellation needs both in one page: the one that can hear, else the one that came first.
 */
export class SurfaceHub implements vscode.Disposable {
  private readonly members = new Map<Surface, Member>();
  private readonly surfaces = new Map<Surface, vscode.Disposable[]>();
  private media: Member | undefined;
  private readonly joined = new vscode.EventEmitter<Surface>();
  private readonly mediaChanged = new vscode.EventEmitter<Surface | undefined>();
  private readonly received = new vscode.EventEmitter<{ surface: Surface; message: SurfaceReport }>();
  /** A surface is ready to be told what there is to show; again after its page reloaded. */
  readonly onDidJoin = this.joined.event;
  /** Another surface captures and plays from now on, or none does, or the same one was reloaded and starts anew. */
  readonly onDidChangeMedia = this.mediaChanged.event;
  /** Reports about microphone and loudspeaker come from the media surface only; others are dropped. */
  readonly onDidReceive = this.received.event;

  add(surface: Surface): void {
    this.surfaces.set(surface, [
      surface.onDidReceive((message) => this.receive(surface, message)),
      surface.onDidClose(() => this.remove(surface)),
    ]);
  }

  /** Whether some surface captures or could, and what it may do. Empty when there is none. */
  get mediaAbilities(): ReadonlySet<Ability> {
    return this.media?.abilities ?? new Set();
  }

  get visible(): boolean {
    return [...this.members.keys()].some((surface) => surface.visible);
  }

  /** To every surface that shows the conversation. */
  broadcast(message: ToSurface): void {
    for (const { surface } of this.members.values()) surface.post(message);
  }

  /** To the surface that captures and plays, if there is one. */
  postToMedia(message: ToSurface): void {
    this.media?.surface.post(message);
  }

  dispose(): void {
    for (const surface of [...this.surfaces.keys()]) surface.dispose();
    this.joined.dispose();
    this.mediaChanged.dispose();
    this.received.dispose();
  }

  private receive(surface: Surface, message: FromSurface): void {
    if (message.type === 'join') return this.join({ surface, abilities: new Set(message.abilities) });
    if (!this.members.has(surface)) return;
    if (message.type !== 'intent' && this.media?.surface !== surface) return;
    this.received.fire({ surface, message });
  }

  private join(member: Member): void {
    // A page that was reloaded begins anew: it must be told to capture again.
    if (this.media?.surface === member.surface) this.media = undefined;
    this.members.set(member.surface, member);
    const changed = this.assignMedia();
    if (this.media !== member) member.surface.post({ type: 'roles', view: true, media: false });
    this.joined.fire(member.surface);
    if (changed) this.mediaChanged.fire(this.media?.surface);
  }

  private remove(surface: Surface): void {
    for (const listener of this.surfaces.get(surface) ?? []) listener.dispose();
    this.surfaces.delete(surface);
    this.members.delete(surface);
    if (this.media?.surface !== surface) return;
    this.media = undefined;
    this.assignMedia();
    this.mediaChanged.fire(this.mediaSurface());
  }

  /** Asked again as a function: the compiler cannot see that `assignMedia` sets it. */
  private mediaSurface(): Surface | undefined {
    return this.media?.surface;
  }

  /** Tells the surfaces concerned; returns whether anything changed. */
  private assignMedia(): boolean {
    const candidates = [...this.members.values()].filter(({ abilities }) => abilities.has('playback'));
    const best = candidates.find(({ abilities }) => abilities.has('microphone')) ?? candidates[0];
    if (best === this.media) return false;
    this.media?.surface.post({ type: 'roles', view: true, media: false });
    this.media = best;
    best?.surface.post({ type: 'roles', view: true, media: true });
    return true;
  }
}
