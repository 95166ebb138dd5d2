// One Chromium and one built site for all suites of the view that run in this process.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { openSite, type Site } from './site.ts';
import { launchBrowser, Stage, type StageOptions } from './stage.ts';

interface Shared {
  readonly site: Site;
  readonly browser: Browser;
}

let shared: Promise<Shared> | undefined;

async function start(): Promise<Shared> {
  const [site, browser] = await Promise.all([openSite(), launchBrowser()]);
  return { site, browser };
}

// Belongs to the whole run, because it stands outside of every suite.
after(async () => {
  if (shared === undefined) return;
  const { site, browser } = await shared;
  await browser.close();
  await site.close();
});

/** What a suite of the view works with. Every test has stages of its own. */
export class SharedView {
  #shared: Shared | undefined;
  readonly #stages: Stage[] = [];

  get browser(): Browser {
    return this.#started.browser;
  }

  /** The address of the panel's document. */
  get url(): string {
    return this.#started.site.url;
  }

  get #started(): Shared {
    if (this.#shared === undefined) throw new Error('The browser is there from the first `before` on.');
    return this.#shared;
  }

  async start(): Promise<void> {
    shared ??= start();
    this.#shared = await shared;
  }

  /** A view of its own, gone after the test. */
  async open(options?: StageOptions): Promise<Stage> {
    return this.#keep(await Stage.open(this.browser, this.url, options));
  }

  /** The same where time stands still at `atMs` and goes on only by `page.clock`. */
  async openStopped(atMs: number): Promise<Stage> {
    const stage = this.#keep(await Stage.open(this.browser, 'about:blank'));
    // Time runs until it is stopped: however long loading takes, it has not come as far as `atMs`.
    await stage.page.clock.install({ time: atMs - 3_600_000 });
    await stage.page.goto(this.url);
    await stage.page.clock.pauseAt(atMs);
    return stage;
  }

  /** Closes what the test opened; nothing of it may have broken the content security policy. */
  async close(): Promise<void> {
    const stages = this.#stages.splice(0);
    const violations = await Promise.all(stages.map((stage) => stage.violations()));
    await Promise.all(stages.map((stage) => stage.close()));
    assert.deepEqual(violations.flat(), [], 'the content security policy refused something');
  }

  #keep(stage: Stage): Stage {
    this.#stages.push(stage);
    return stage;
  }
}

/** Called in a suite's `describe`: the browser is there before its tests, and what a test opens is closed after it. */
export function useSharedView(): SharedView {
  const view = new SharedView();
  before(() => view.start());
  afterEach(() => view.close());
  return view;
}
