/** Keeps what was typed but not sent over a reload of the page. */
export interface DraftStore {
  load(): string;
  save(draft: string): void;
}

/** The draft in a kept state `{ draft }`; empty when there is none or the state is of another make. */
export function readDraft(state: unknown): string {
  if (typeof state !== 'object' || state === null || !('draft' in state)) return '';
  return typeof state.draft === 'string' ? state.draft : '';
}
