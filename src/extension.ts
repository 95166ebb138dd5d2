import * as vscode from 'vscode';
import { Conversation } from './conversations/conversation.ts';
import { ConversationKeeper } from './conversations/keeper.ts';
import { fileIn, memoryOf } from './conversations/kept-place.ts';
import { SecretKey } from './credentials/secret-key.ts';
import { EditorContext } from './editor/editor-context.ts';
import { EditorPointer } from './editor/editor-pointer.ts';
import { Gate } from './gate/gate.ts';
import { CurrentSettings } from './settings/current-settings.ts';
import { SurfaceHub } from './surface/hub.ts';
import { PageContext } from './surface/page/page-context.ts';
import { PageDoor } from './surface/page/page-door.ts';
import { CONVERSATION_VIEW, PanelProvider } from './surface/panel.ts';
import { translateWith } from './problems/l10n.ts';
import { PageOpener } from './talk/page-opener.ts';
import { Questions } from './talk/questions.ts';
import { SessionController } from './talk/session-controller.ts';
import { SessionSharing } from './talk/sharing/session-sharing.ts';
import { sharingMarker } from './talk/sharing/share-note.ts';
import { Proposals } from './tools/proposal/proposals.ts';
import { Terminals } from './tools/run/terminals.ts';
import { WorkspaceTools } from './tools/workspace-tools.ts';
import { AskCommands } from './ui/ask-commands.ts';
import { Commands } from './ui/commands.ts';
import { keepContextKeys } from './ui/context-keys.ts';
import { EntryOpener } from './ui/open-entry.ts';
import { ProblemNotifications } from './ui/problem-notifications.ts';
import { AskedCredentials } from './ui/set-up.ts';
import { StatusBar } from './ui/status-bar.ts';

let keeper: ConversationKeeper | undefined;

/** Builds the parts and connects them. Must return before VS Code can show the view, so nothing is waited for. */
export function activate(context: vscode.ExtensionContext): void {
  translateWith((message, named) => vscode.l10n.t(message, named));
  const log = vscode.window.createOutputChannel('Talkthrough', { log: true });
  const secretKey = new SecretKey(context.secrets);
  const settings = new CurrentSettings();
  const conversation = new Conversation();
  const hub = new SurfaceHub();
  const place = context.storageUri === undefined ? memoryOf(context.workspaceState) : fileIn(context.storageUri.fsPath);
  keeper = new ConversationKeeper(place, conversation, log);
  const door = new PageDoor(context, log);
  const pageContext = new PageContext(hub, context.globalState);
  const gate = new Gate({ memory: context.workspaceState });
  const editorContext = new EditorContext(gate);
  const pointer = new EditorPointer();
  const terminals = new Terminals();
  const proposals = new Proposals({ gate });
  const tools = new WorkspaceTools({ gate, pointer, proposals, terminals });
  const controller = new SessionController({
    hub,
    conversation,
    log,
    settings,
    credentials: new AskedCredentials(secretKey),
    context: editorContext,
    tools,
    door,
    opener: new PageOpener(settings),
    devices: pageContext,
    memory: context.globalState,
  });
  const { page, shares, toolbox } = controller.parts;
  const sharing = new SessionSharing(controller, hub);
  const questions = new Questions(controller);
  const entries = new EntryOpener(conversation, gate, proposals);
  const commands = new Commands({ controller, sharing, entries, hub, page, conversation, secretKey, log });
  const panel = new PanelProvider(context.extensionUri, log, hub);
  context.subscriptions.push(
    // The session goes first: its socket must be closed, whatever else takes time.
    controller,
    sharing,
    editorContext,
    pointer,
    tools,
    proposals,
    proposals.onDidChange(() => toolbox.personDecided()),
    proposals.onDidDecide((text) => controller.tellModel('proposal', text)),
    terminals,
    gate,
    shares.onDidChange((view) => panel.mark(sharingMarker(view))),
    commands,
    door,
    pageContext,
    hub,
    keeper,
    conversation,
    new StatusBar(controller),
    new AskCommands({ questions, hub, gate }),
    new ProblemNotifications(controller, hub, commands),
    keepContextKeys(controller),
    vscode.window.registerWebviewViewProvider(CONVERSATION_VIEW, panel, {
      webviewOptions: { retainContextWhenHidden: true },
    }),
    settings,
    log,
  );
  void keeper.restore();
}

/** VS Code waits a few seconds for this when a window closes: long enough to write down what was said last. */
export async function deactivate(): Promise<void> {
  await keeper?.flush();
}
