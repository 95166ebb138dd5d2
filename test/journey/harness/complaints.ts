import type { BrowserContext, Page } from 'playwright-core';

/** Something a page complained about. */
export interface Complaint {
  readonly kind: 'console' | 'uncaught' | 'content security policy';
  readonly text: string;
  /** Where it came from; empty when the browser does not say. */
  readonly url: string;
}

/** What the pages of a browser complained about, VS Code's own noise left out. */
export interface Complaints {
  readonly all: readonly Complaint[];
  /** Violations of a content security policy, in any frame. */
  violations(): readonly Complaint[];
}

/** VS Code without its native modules, gallery and accounts logs these by itself. */
const NOISE =
  /vsda|favicon|net::ERR_ABORTED|Failed to load resource|open-vsx|ResizeObserver loop|\[vscode\.github|github-authentication|GitHub Copilot|An iframe which has both allow-scripts/;

const CSP = /Content Security Policy|Refused to (load|execute|connect|apply|frame|create)/i;

/** Watches every page of the context from now on. */
export function collectComplaints(context: BrowserContext): Complaints {
  const all: Complaint[] = [];
  const add = (kind: Complaint['kind'], text: string, url: string): void => {
    if (CSP.test(text)) all.push({ kind: 'content security policy', text, url });
    else if (!NOISE.test(text)) all.push({ kind, text, url });
  };
  const watch = (page: Page): void => {
    page.on('console', (message) => {
      if (message.type() === 'error') add('console', message.text(), message.location().url);
    });
    page.on('pageerror', (error) => add('uncaught', error.stack ?? error.message, page.url()));
  };
  context.pages().forEach(watch);
  context.on('page', watch);
  return {
    all,
    violations: () => all.filter((complaint) => complaint.kind === 'content security policy'),
  };
}
