import * as vscode from 'vscode';
import { pageProblem, type PageProblem } from '../problems/page-problems.ts';
import type { ShareSource } from '../protocol/picture.ts';
import type { Problem } from '../protocol/session-view.ts';
import type { PageDoor } from '../surface/page/page-door.ts';
import type { PageSurface } from '../surface/page/page-surface.ts';
import type { SettingsSource } from '../settings/current-settings.ts';
import type { SurfaceHub } from '../surface/hub.ts';
import { untilPanelJoins } from '../surface/panel-view.ts';
import type { PageOpener } from './page-opener.ts';
import { canShare } from './sharing/share-control.ts';

interface PageLinkOptions {
  readonly door: PageDoor;
  readonly hub: SurfaceHub;
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  readonly settings: SettingsSource;
  readonly opener: Pick<PageOpener, 'open'>;
}

/**
 * - `unused`: no session, or the panel captures by itself. - `asking`: the person has not said yet whether to open the page.
 * - `typing`: they chose to type. - `opening`: the browser was asked to open it. - `joined`: it captures. - `silent`: it is
 * there but does not answer. - `closed`: it was there.
 */
type LinkState = 'unused' | 'asking' | 'typing' | 'opening' | 'joined' | 'silent' | 'closed';

const CHOICE_KEY = 'talkthrough.page.choice';

/** In which states the person has something to do or to know. */
const PROBLEMS: Partial<Record<LinkState, PageProblem>> = {
  asking: 'page-needed',
  opening: 'page-opening',
  silent: 'page-silent',
  closed: 'page-closed',
};

/** Decides for each session whether a page of the browser captures, and knows how that page is. */
export class PageLink implements vscode.Disposable {
  readonly #options: PageLinkOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #state: LinkState = 'unused';
  #inSession = false;
  /**
   * Grows when a session begins and when it ends, and when typing is chosen, which closes the door: what was asked in one
   * is no answer in another, and an address found in one leads nowhere after it.
   */
  #epoch = 0;
  /** Until it is known who captures in this session. */
  #deciding: Promise<void> = Promise.resolve();
  readonly #listener: vscode.Disposable;

  constructor(options: PageLinkOptions) {
    this.#options = options;
    this.#listener = options.door.onDidLetIn((page) => this.#admit(page));
  }

  get problem(): Problem | undefined {
    const code = PROBLEMS[this.#state];
    return code === undefined ? undefined : pageProblem(code);
  }

  /** The page captures, or is about to. */
  get expected(): boolean {
    return this.#state === 'joined' || this.#state === 'opening' || this.#state === 'asking';
  }

  /** A session begins: finds out who captures, and opens the page where the person wants that. */
  sessionBegins(): Promise<void> {
    this.#inSession = true;
    this.#epoch += 1;
    this.#set('unused');
    this.#deciding = this.#decide();
    return this.#deciding;
  }

  /** The session is over: the page turns into an end screen, and the server is gone. */
  sessionEnds(): void {
    this.#inSession = false;
    this.#epoch += 1;
    this.#options.hub.setMediaKind('panel');
    this.#set('unused');
    void this.#options.door.close();
  }

  /** The person wants the page; from now on without being asked. */
  async chooseOpen(): Promise<void> {
    await this.#options.memory.update(CHOICE_KEY, 'open');
    if (this.#inSession) await this.#openPage();
  }

  /**
   * Something is to be shared that perhaps only a page can: it is opened this time, whatever was chosen for listening.
   */
  async openForSharing(source: ShareSource): Promise<void> {
    await this.#deciding;
    if (!this.#inSession || canShare(this.#options.hub, source)) return;
    if (this.#state === 'joined' || this.#state === 'opening') return;
    await this.#openPage();
  }

  /** The person wants to type; from now on without being asked. */
  async chooseTyping(): Promise<void> {
    await this.#options.memory.update(CHOICE_KEY, 'type');
    if (this.#inSession) this.#typeInstead();
  }

  pageJoined(): void {
    this.#options.hub.setMediaKind('page');
    this.#set('joined');
  }

  pageClosed(): void {
    if (this.#state === 'joined' || this.#state === 'silent') this.#set('closed');
  }

  pageResponds(responding: boolean): void {
    if (this.#state === 'joined' || this.#state === 'silent') this.#set(responding ? 'joined' : 'silent');
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  #admit(page: PageSurface): void {
    const { hub } = this.#options;
    page.onDidClose(() => this.pageClosed());
    page.onDidChangeResponding((responding) => {
      hub.setResponding(page, responding);
      this.pageResponds(responding);
    });
    hub.add(page);
    this.pageJoined();
  }

  async #decide(): Promise<void> {
    const { hub, memory } = this.#options;
    const epoch = this.#epoch;
    const { capture } = this.#options.settings.current;
    if (capture === 'panel' || (capture === 'auto' && (await this.#panelHears()))) {
      hub.setMediaKind('panel');
      return;
    }
    // Meanwhile it may have been opened by hand.
    if (epoch !== this.#epoch || this.#state !== 'unused') return;
    const choice = capture === 'page' ? 'open' : memory.get<string>(CHOICE_KEY);
    if (choice === 'open') await this.#openPage();
    else if (choice === 'type') this.#typeInstead();
    else this.#set('asking');
  }

  async #openPage(): Promise<void> {
    const { door, hub, log, opener } = this.#options;
    const epoch = this.#epoch;
    // First: whoever hears that nobody captures should know that the page is on its way.
    this.#set('opening');
    hub.setMediaKind('page');
    try {
      const address = await door.address();
      // The server ends with the session, or when typing is chosen.
      if (epoch !== this.#epoch || (await opener.open(address))) return;
    } catch (cause) {
      log.error(`page: it could not be opened (${String(cause)})`);
    }
    // VS Code may have asked the person for minutes: the session may be another, the page open by now, or typing chosen.
    if (epoch === this.#epoch && this.#state === 'opening') this.#set('closed');
  }

  #typeInstead(): void {
    const { hub, door } = this.#options;
    this.#epoch += 1;
    hub.setMediaKind('panel');
    this.#set('typing');
    void door.close();
  }

  async #panelHears(): Promise<boolean> {
    const { hub } = this.#options;
    if (hub.abilitiesOf('panel') === undefined) await untilPanelJoins(hub);
    return hub.abilitiesOf('panel')?.has('microphone') === true;
  }

  #set(state: LinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changed.fire();
  }
}
