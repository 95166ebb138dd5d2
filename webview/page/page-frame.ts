import { SHARE_SOURCES, sharedSources, type SharesView, type ShareState } from '../../src/protocol/picture.ts';
import type { SessionView } from '../../src/protocol/session-view.ts';
import type { Receivers } from '../channel/incoming.ts';
import type { LineState } from '../channel/line-state.ts';
import type { ChosenDevices } from '../devices/chosen-devices.ts';
import { wearTheme } from '../theme/theme.ts';
import { element, setHidden, setText } from '../view/element.ts';
import { Captured, DeviceBar } from './page-foot.ts';
import { FirstClick, LineScreens } from './screens.ts';
import { pageWords, tabTitle } from './page-words.ts';

/**
 * What a page needs around the session that a panel has from VS Code: a name, a look, devices, and a line that may fail. What
 * the person asks for it tells by events of its root: `connect`, `use-microphone` and `choose-device`.
 */
export class PageFrame {
  /** Where the session is shown. */
  readonly view = element('div', '');
  readonly #title = element('h1', 'page-title', pageWords.title(''));
  readonly #main: HTMLElement;
  readonly #line = new LineScreens();
  readonly #firstClick = new FirstClick();
  readonly #captured = new Captured();
  readonly #chosen: ChosenDevices;
  readonly #devices: DeviceBar;
  readonly #goBack = element('p', 'go-back', pageWords.goBack);
  #workspace = '';
  #session: SessionView | undefined;
  #shares: SharesView | undefined;
  #capturesHere = false;
  #covered = false;
  #lineState: LineState = { kind: 'connecting' };
  /** What it takes of the host. */
  readonly receivers: Partial<Receivers> = {
    theme: (message) => wearTheme(message),
    workspaceName: ({ workspace }) => {
      this.#workspace = workspace;
      setText(this.#title, pageWords.title(workspace));
      this.#renderTab();
    },
    session: ({ session }) => {
      this.#session = session;
      this.#renderCaptured();
      this.#renderTab();
    },
    shares: ({ shares }) => this.#showShares(shares),
    roles: ({ media }) => {
      this.#capturesHere = media;
      this.#renderCaptured();
      this.#renderTab();
    },
  };

  /** @param root The empty element to fill. */
  constructor(root: HTMLElement, devices: ChosenDevices) {
    this.#firstClick.element.addEventListener('covered', ({ detail: covered }) => {
      this.#covered = covered;
      this.#renderReach();
    });
    this.view.addEventListener('microphone-waits', ({ detail: waits }) => this.#firstClick.show(waits));
    this.#chosen = devices;
    this.#devices = new DeviceBar(devices);
    const foot = element(
      'footer',
      'page-foot',
      element('div', 'page-foot-line', this.#captured.element, this.#goBack),
      this.#devices.element,
    );
    const session = element('div', 'page-session', this.view, this.#firstClick.element);
    this.#main = element('main', 'page-main', this.#line.banner, session, foot);
    root.classList.add('page');
    root.replaceChildren(element('header', 'page-head', this.#title), this.#line.screen, this.#main);
    this.showLine(this.#lineState);
  }

  showLine(state: LineState): void {
    this.#lineState = state;
    this.#line.show(state);
    setHidden(this.#main, state.kind === 'connecting' || state.kind === 'closed');
    // What it says of the session is not known to be true now, and no button would reach anyone.
    this.#main.classList.toggle('line-lost', state.kind === 'lost');
    this.#renderReach();
    if (state.kind !== 'joined') this.#capturesHere = false;
    this.#renderCaptured();
    this.#renderTab();
  }

  dispose(): void {
    this.#devices.dispose();
  }

  /** No button is within reach that would reach nobody, or that cannot be seen. */
  #renderReach(): void {
    this.view.inert = this.#lineState.kind !== 'joined' || this.#covered;
  }

  #showShares(shares: SharesView): void {
    const hadCamera = this.#shares?.camera.state.kind === 'on';
    this.#shares = shares;
    this.#renderCaptured();
    this.#renderTab();
    // Now that one is allowed, the browser tells what the cameras are called.
    if (!hadCamera && shares.camera.state.kind === 'on') void this.#chosen.refresh();
  }

  #renderCaptured(): void {
    const session = this.#capturesHere ? this.#session : undefined;
    const microphone = session?.microphone;
    const shares = this.#capturesHere ? this.#shares : undefined;
    this.#captured.render(session ?? { microphone: { kind: 'off' } }, shares);
    // Only once this page has all that it needs of the person.
    const asks = SHARE_SOURCES.some((source) => isAsking(shares?.[source].state));
    setHidden(this.#goBack, microphone === undefined || microphone.kind === 'waiting' || asks);
  }

  #renderTab(): void {
    const title = tabTitle({
      workspace: this.#workspace,
      line: this.#lineState,
      session: this.#session,
      sharing: this.#capturesHere && this.#shares !== undefined && sharedSources(this.#shares).length > 0,
    });
    if (document.title !== title) document.title = title;
  }
}

/** Whether something in this page, or a question of the browser's, waits for the person. */
function isAsking(state: ShareState | undefined): boolean {
  return state?.kind === 'waiting' || state?.kind === 'choosing';
}
