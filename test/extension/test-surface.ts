import * as vscode from 'vscode';
import type { Ability, FromSurface, SurfaceKind, ToSurface } from '../../src/protocol/messages.ts';
import type { SessionView } from '../../src/protocol/session-view.ts';
import type { Surface } from '../../src/surface/surface.ts';

/** A surface that a test speaks through. */
export class TestSurface implements Surface {
  readonly kind: SurfaceKind;
  readonly visible = true;
  readonly posted: ToSurface[] = [];
  readonly #received = new vscode.EventEmitter<FromSurface>();
  readonly #closed = new vscode.EventEmitter<void>();
  readonly #told = new vscode.EventEmitter<void>();
  readonly onDidReceive = this.#received.event;
  readonly onDidClose = this.#closed.event;

  constructor(kind: SurfaceKind) {
    this.kind = kind;
  }

  join(...abilities: Ability[]): void {
    this.says({ type: 'join', surface: this.kind, abilities });
  }

  says(message: FromSurface): void {
    this.#received.fire(message);
  }

  post(message: ToSurface): void {
    this.posted.push(message);
    this.#told.fire();
  }

  dispose(): void {
    this.#closed.fire();
  }

  get isMedia(): boolean | undefined {
    return this.posted.findLast((message) => message.type === 'roles')?.media;
  }

  get session(): SessionView | undefined {
    return this.posted.findLast((message) => message.type === 'session')?.session;
  }

  /** Resolves when it holds, looked at with each message of the host; the suite's time-out bounds it. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): boolean => {
        if (!holds()) return false;
        listener.dispose();
        resolve();
        return true;
      };
      const listener = this.#told.event(look);
      look();
    });
  }
}
