import type { DraftStore } from '../view/draft.ts';

const DRAFT_KEY = 'talkthrough.draft';

/** Keeps what was typed but not sent for as long as the tab lives. A browser that stores nothing loses it on a reload. */
export const tabDraft: DraftStore = {
  load() {
    try {
      return sessionStorage.getItem(DRAFT_KEY) ?? '';
    } catch {
      return '';
    }
  },
  save(draft) {
    try {
      sessionStorage.setItem(DRAFT_KEY, draft);
    } catch {
      // As said above.
    }
  },
};
