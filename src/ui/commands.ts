import * as vscode from 'vscode';
import type { Conversation } from '../conversations/conversation.ts';
import type { SecretKey } from '../credentials/secret-key.ts';
import { COMMAND_PROBLEMS } from '../problems/command-problems.ts';
import type { Intent } from '../protocol/messages.ts';
import type { ProblemAction, SessionView } from '../protocol/session-view.ts';
import type { SurfaceHub } from '../surface/hub.ts';
import { revealView } from '../surface/panel-view.ts';
import type { PageLink } from '../talk/page-link.ts';
import type { SessionSharing } from '../talk/sharing/session-sharing.ts';
import type { SessionController } from '../talk/session-controller.ts';
import type { SharesView } from '../protocol/picture.ts';
import { REPLY_RATE_HZ } from '../talk/sound/reply-audio.ts';
import { wavFile } from '../talk/sound/wav.ts';
import { chooseModel } from './choose-model.ts';
import type { EntryOpener } from './open-entry.ts';
import { COMMAND_PREFIX, registerCommand } from './register-command.ts';
import { setUp, setUpKey } from './set-up.ts';
import { ShareCommands } from './share-commands.ts';
import { ShowCommands } from './show-commands.ts';
import { menuItems } from './menu-items.ts';

interface CommandParts {
  readonly controller: SessionController;
  readonly sharing: SessionSharing;
  readonly hub: SurfaceHub;
  readonly conversation: Conversation;
  readonly secretKey: SecretKey;
  readonly page: Pick<PageLink, 'chooseOpen' | 'chooseTyping'>;
  readonly log: vscode.LogOutputChannel;
  readonly entries: Pick<EntryOpener, 'open'>;
  readonly prefix?: string;
}

const QUOTA_PAGE = vscode.Uri.parse('https://aistudio.google.com/usage');

/** Everything a person can ask for, by whatever way they ask: palette, menus, the buttons of a surface or a problem. */
export class Commands implements vscode.Disposable {
  readonly #parts: CommandParts;
  readonly #sharing: ShareCommands;
  readonly #showing: ShowCommands;
  readonly #registered: vscode.Disposable[];

  constructor(parts: CommandParts) {
    this.#parts = parts;
    const { controller, sharing, secretKey, log, conversation, hub, prefix = COMMAND_PREFIX } = parts;
    const { shares } = controller.parts;
    this.#sharing = new ShareCommands({ prefix, shares, sharing, hub });
    this.#showing = new ShowCommands({ prefix, controller, sharing, hub, shareCommands: this.#sharing });
    this.#registered = [
      registerCommand(prefix, 'start', () => this.#start()),
      registerCommand(prefix, 'stop', () => controller.stop()),
      registerCommand(prefix, 'toggleMicrophone', () => controller.toggleMicrophone()),
      registerCommand(prefix, 'toggleSpeaker', () => controller.toggleSpeaker()),
      registerCommand(prefix, 'saveLastReply', () => saveLastReply(controller)),
      registerCommand(prefix, 'setUp', () => setUp(secretKey)),
      registerCommand(prefix, 'forgetKey', () => this.#forgetKey()),
      registerCommand(prefix, 'chooseModel', () => chooseModel()),
      registerCommand(prefix, 'newConversation', () => this.#newConversation(conversation)),
      registerCommand(prefix, 'openPage', () => this.#openPage()),
      registerCommand(prefix, 'menu', () => showMenu(controller.view, shares.view)),
      registerCommand(prefix, 'showLog', () => log.show()),
      hub.on('intent', ({ intent }) => {
        void this.#carryOut(intent).catch((cause: unknown) => log.error(String(cause)));
      }),
    ];
  }

  /** Does what the button of a problem promises, and goes on with what the problem had stopped. */
  async carryOut(action: ProblemAction): Promise<void> {
    const { controller, secretKey, log, page } = this.#parts;
    switch (action) {
      case 'start':
        return this.#start();
      case 'enterKey':
        if (await setUpKey(secretKey)) await this.#start();
        return;
      case 'setUp':
        if (await setUp(secretKey)) await this.#start();
        return;
      case 'chooseModel':
        if (await chooseModel()) await this.#start();
        return;
      case 'openSettings':
        await vscode.commands.executeCommand('workbench.action.openSettings', 'talkthrough');
        return;
      case 'retryMicrophone':
        controller.retryMicrophone();
        return;
      case 'openPage':
        return page.chooseOpen();
      case 'typeOnly':
        return page.chooseTyping();
      case 'openQuota':
        await vscode.env.openExternal(QUOTA_PAGE);
        return;
      case 'shareScreen':
        return this.#sharing.share('screen');
      case 'shareCamera':
        return this.#sharing.share('camera');
      case 'showLog':
        log.show();
        return;
    }
  }

  dispose(): void {
    this.#sharing.dispose();
    this.#showing.dispose();
    for (const one of this.#registered) one.dispose();
  }

  async #carryOut(intent: Intent): Promise<void> {
    const { controller, sharing, hub } = this.#parts;
    const { shares } = controller.parts;
    switch (intent.kind) {
      case 'start':
        return this.#start();
      case 'stop':
        return controller.stop();
      case 'toggleMicrophone':
        controller.toggleMicrophone();
        return;
      case 'toggleSpeaker':
        controller.toggleSpeaker();
        return;
      case 'saveLastReply':
        return saveLastReply(controller);
      case 'share':
        // At once, without looking at anything else: the browser's picker wants the click that asked for it.
        if (intent.source === 'camera' && hub.mediaSurface === 'panel') return this.#sharing.shareCamera();
        return sharing.share(intent.source);
      case 'stopSharing':
        shares.stopSharing(intent.source);
        return;
      case 'focus':
        shares.setFocus(intent.source);
        return;
      case 'showImage':
        return this.#showing.showImages();
      case 'open':
        return this.#parts.entries.open(intent.entry);
      case 'type':
        return controller.type(intent.text);
      case 'problemAction':
        return this.carryOut(intent.action);
    }
  }

  async #start(): Promise<void> {
    // It captures and plays, and the person should see what is going on.
    await revealView(this.#parts.hub);
    await this.#parts.controller.start();
  }

  async #openPage(): Promise<void> {
    await this.#parts.page.chooseOpen();
    await this.#start();
  }

  async #forgetKey(): Promise<void> {
    await this.#parts.secretKey.forget();
    void vscode.window.showInformationMessage('Talkthrough has forgotten the Gemini API key.');
  }

  async #newConversation(conversation: Conversation): Promise<void> {
    await this.#parts.controller.stop();
    conversation.clear();
  }
}

/** The quick menu behind the status bar item. */
async function showMenu(session: SessionView, shares: SharesView): Promise<void> {
  const picked = await vscode.window.showQuickPick(menuItems(session, shares), {
    title: 'Talkthrough',
    placeHolder: session.problems[0]?.sentence ?? 'What would you like to do?',
  });
  if (picked !== undefined) await vscode.commands.executeCommand(picked.command);
}

function suggestedName(now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-');
  return `talkthrough ${stamp}.wav`;
}

/** Asks where, and writes the newest reply there: WAV, PCM16, mono, 24 kHz. */
async function saveLastReply(controller: SessionController): Promise<void> {
  const chunks = controller.lastReply;
  if (chunks.length === 0) {
    void vscode.window.showInformationMessage(COMMAND_PROBLEMS['no-reply']());
    return;
  }
  const name = suggestedName(new Date());
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: 'Save Last Reply as WAV',
    filters: { 'WAV sound': ['wav'] },
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(target, wavFile(chunks, REPLY_RATE_HZ));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    void vscode.window.showErrorMessage(COMMAND_PROBLEMS['reply-not-saved']({ reason }));
  }
}
