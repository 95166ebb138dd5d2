import { PAGE_CLOSE } from '../../src/protocol/page-line.ts';

/** Why the page does not try again by itself. */
export type LineEnd =
  /** Neither token nor secret is known to the host. */
  | 'not-admitted'
  /** Another tab has taken over. */
  | 'superseded'
  /** The session is over. */
  | 'ended'
  /** Nobody has answered for a minute. */
  | 'unreachable'
  /** The host refused what this page said, twice. */
  | 'refused';

/** How the page stands with the host. */
export type LineState =
  /** For the first time. */
  | { readonly kind: 'connecting' }
  | { readonly kind: 'joined' }
  /** It was joined and is trying to be so again. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'closed'; readonly why: LineEnd };

/** What the host meant by closing; undefined: the connection was lost. */
export function meaningOf(closeCode: number): Exclude<LineEnd, 'unreachable'> | undefined {
  switch (closeCode) {
    case PAGE_CLOSE.notAdmitted:
      return 'not-admitted';
    case PAGE_CLOSE.superseded:
      return 'superseded';
    case PAGE_CLOSE.ended:
      return 'ended';
    case PAGE_CLOSE.misbehaved:
      return 'refused';
    default:
      return undefined;
  }
}
