/**
 * What page and host say on the socket before and beside the protocol proper: who is there, and whether they still are.
 * Messages of the protocol itself travel as `{ type: 'message', message }`.
 */
export type FromPage =
  /** The first message: the one-time token of the address, or the secret that came for it. */
  | { readonly type: 'hello'; readonly token: string }
  | { readonly type: 'helloAgain'; readonly secret: string }
  /** The answer to `ping`, at once. */
  | { readonly type: 'pong' }
  | { readonly type: 'message'; readonly message: unknown };

export type ToPage =
  /** Let in. `secret` lets the same page in again after a reload. */
  | { readonly type: 'welcome'; readonly secret: string }
  /** Several times a second: the page is asked whether it lives, and learns that the host does. */
  | { readonly type: 'ping' }
  | { readonly type: 'message'; readonly message: unknown };

/** Codes with which the host closes a page's socket (RFC 6455 leaves 4000 to 4999 to applications). */
export const PAGE_CLOSE = {
  /** Neither token nor secret is known: the page must be opened anew from VS Code. */
  notAdmitted: 4401,
  /** Another tab has taken over. */
  superseded: 4409,
  /** Too much, or nothing the protocol knows. */
  misbehaved: 4400,
  /** The session has ended. */
  ended: 4410,
} as const;
