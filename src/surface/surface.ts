import type { Event } from 'vscode';
import type { FromSurface, SurfaceKind, ToSurface } from '../protocol/messages.ts';

/** A place where the web bundle runs: the panel's webview, or a page in the person's browser. It owns no state. */
export interface Surface {
  readonly kind: SurfaceKind;
  /** Whether the person can see it now. */
  readonly visible: boolean;
  /** Validated messages, in the order they were sent. */
  readonly onDidReceive: Event<FromSurface>;
  /** The surface is gone for good (closed, moved); a moved view comes back as a new surface. */
  readonly onDidClose: Event<void>;
  /** Sends in order. A surface that has gone drops it. */
  post(message: ToSurface): void;
  dispose(): void;
}
