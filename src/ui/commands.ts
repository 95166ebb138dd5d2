import * as vscode from 'vscode';
import type { Conversation } from '../conversations/conversation.ts';
import type { SecretKey } from '../credentials/secret-key.ts';
import type { Intent } from '../protocol/messages.ts';
import type { ProblemAction } from '../protocol/session-view.ts';
import type { SurfaceHub } from '../surface/hub.ts';
import type { PageLink } from '../talk/page-link.ts';
import type { Shares } from '../talk/sharing/shares.ts';
import type { SessionController } from '../talk/session-controller.ts';
import { chooseModel } from './choose-model.ts';
import { showMenu } from './menu.ts';
import { registerCommand, type RegisterCommand } from './register-command.ts';
import { saveLastReply } from './save-reply.ts';
import { setUp, setUpKey } from './set-up.ts';
import { ShareCommands } from './share-commands.ts';
import { ShowCommands } from './show-commands.ts';

interface CommandParts {
  readonly talk: SessionController;
  readonly shares: Shares;
  readonly hub: SurfaceHub;
  readonly conversation: Conversation;
  readonly secretKey: SecretKey;
  readonly page: Pick<PageLink, 'chooseOpen' | 'chooseTyping'>;
  readonly log: vscode.LogOutputChannel;
  /** Opens what an entry of the conversation names. */
  readonly open: (entry: string) => Promise<void>;
}

const QUOTA_PAGE = vscode.Uri.parse('https://aistudio.google.com/usage');

/** Everything a person can ask for, by whatever way they ask: palette, menus, the buttons of a surface or a problem. */
export class Commands implements vscode.Disposable {
  readonly #parts: CommandParts;
  readonly #sharing: ShareCommands;
  readonly #showing: ShowCommands;
  readonly #registered: vscode.Disposable[];

  /** @param command offers one, under the prefix of the extension unless told otherwise */
  constructor(parts: CommandParts, command: RegisterCommand = registerCommand) {
    this.#parts = parts;
    const { talk, shares, secretKey, log, conversation, hub } = parts;
    const reveal = () => this.#reveal();
    this.#sharing = new ShareCommands({ command, shares, reveal });
    this.#showing = new ShowCommands({
      command,
      shares,
      reveal,
      shareScreen: () => this.#sharing.share('screen'),
      type: (text) => talk.type(text),
    });
    this.#registered = [
      command('start', () => this.#start()),
      command('stop', () => talk.stop()),
      command('toggleMicrophone', () => talk.toggleMicrophone()),
      command('toggleSpeaker', () => talk.toggleSpeaker()),
      command('saveLastReply', () => saveLastReply(talk)),
      command('setUp', () => setUp(secretKey)),
      command('forgetKey', () => this.#forgetKey()),
      command('chooseModel', () => chooseModel()),
      command('newConversation', () => this.#newConversation(conversation)),
      command('openPage', () => this.#openPage()),
      command('menu', () => showMenu(talk.view, shares.view)),
      command('showLog', () => log.show()),
      hub.on('intent', ({ intent }) => {
        void this.#carryOut(intent).catch((cause: unknown) => log.error(String(cause)));
      }),
    ];
  }

  /** Does what the button of a problem promises, and goes on with what the problem had stopped. */
  async carryOut(action: ProblemAction): Promise<void> {
    const { talk, secretKey, log, page } = this.#parts;
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
        talk.retryMicrophone();
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
    const { talk, shares, hub } = this.#parts;
    switch (intent.kind) {
      case 'start':
        return this.#start();
      case 'stop':
        return talk.stop();
      case 'toggleMicrophone':
        talk.toggleMicrophone();
        return;
      case 'toggleSpeaker':
        talk.toggleSpeaker();
        return;
      case 'saveLastReply':
        return saveLastReply(talk);
      case 'share':
        // At once, without looking at anything else: the browser's picker wants the click that asked for it.
        if (intent.source === 'camera' && hub.mediaSurface === 'panel') return this.#sharing.shareCamera();
        return shares.share(intent.source);
      case 'stopSharing':
        shares.stopSharing(intent.source);
        return;
      case 'focus':
        shares.setFocus(intent.source);
        return;
      case 'showImage':
        return this.#showing.showImages();
      case 'open':
        return this.#parts.open(intent.entry);
      case 'type':
        return talk.type(intent.text);
      case 'problemAction':
        return this.carryOut(intent.action);
    }
  }

  async #start(): Promise<void> {
    await this.#reveal();
    await this.#parts.talk.start();
  }

  /** Captures and plays: it must be there, and the person should see what is going on. */
  async #reveal(): Promise<void> {
    if (!this.#parts.hub.visible) await vscode.commands.executeCommand('talkthrough.conversation.focus');
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
    await this.#parts.talk.stop();
    conversation.clear();
  }
}
