import * as vscode from 'vscode';
import { Conversation } from './conversations/conversation.ts';
import { ConversationKeeper } from './conversations/keeper.ts';
import { fileIn, memoryOf } from './conversations/kept-place.ts';
import { knownCredentials } from './credentials/credentials.ts';
import { SecretKey } from './credentials/secret-key.ts';
import { EditorContext } from './editor/editor-context.ts';
import { EditorPointer } from './editor/editor-pointer.ts';
import { SurfaceHub } from './surface/hub.ts';
import { CONVERSATION_VIEW, PanelProvider } from './surface/panel.ts';
import { PageContext } from './surface/page/page-context.ts';
import { PageDoor } from './surface/page/page-door.ts';
import { PageLink } from './talk/page-link.ts';
import { affectsSettings, readSettings } from './settings/settings.ts';
import { sharingMarker } from './talk/sharing/share-note.ts';
import { Shares } from './talk/sharing/shares.ts';
import { SessionController } from './talk/session-controller.ts';
import { Gate } from './gate/gate.ts';
import { lookCloser } from './tools/look-closer.ts';
import { pointAt } from './tools/point-at.ts';
import { Proposals } from './tools/proposal/proposals.ts';
import { Terminals } from './tools/run/terminals.ts';
import { whenReadIsStale } from './tools/when-read-is-stale.ts';
import { workspaceTools } from './tools/workspace-tools.ts';
import { Toolbox } from './tools/toolbox.ts';
import { AskCommands } from './ui/ask-commands.ts';
import { Commands } from './ui/commands.ts';
import { keepContextKeys } from './ui/context-keys.ts';
import { openEntry } from './ui/open-entry.ts';
import { openPage } from './ui/open-page.ts';
import { openView } from './ui/open-view.ts';
import { ProblemNotifications } from './ui/problem-notifications.ts';
import { setUp } from './ui/set-up.ts';
import { StatusBar } from './ui/status-bar.ts';

let keeper: ConversationKeeper | undefined;

/** Builds the parts and connects them. Must return before VS Code can show the view, so nothing is waited for. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Talkthrough', { log: true });
  const secretKey = new SecretKey(context.secrets);
  const conversation = new Conversation();
  const hub = new SurfaceHub();
  keeper = new ConversationKeeper(
    context.storageUri === undefined ? memoryOf(context.workspaceState) : fileIn(context.storageUri.fsPath),
    conversation,
    log,
  );
  const door = new PageDoor(context, log);
  const page = new PageLink({
    door,
    hub,
    log,
    memory: context.globalState,
    capture: () => readSettings().capture,
    openAddress: (address) => openPage(address, readSettings().openPageIn),
  });
  door.onDidLetIn((surface) => {
    surface.onDidClose(() => page.pageClosed());
    surface.onDidChangeResponding((responding) => {
      hub.setResponding(surface, responding);
      page.pageResponds(responding);
    });
    hub.add(surface);
    page.pageJoined();
  });
  const pageContext = new PageContext(hub, context.globalState);
  const shares = new Shares({
    hub,
    log,
    camera: () => pageContext.camera,
    detail: () => talk.settings.live.pictureDetail,
    startSession: () => talk.start(),
    stopSession: () => talk.stop(),
    openPage: (canShare) => page.openForSharing(canShare),
    pageExpected: () => page.expected,
    openView: () => openView(hub),
    notice: (sentence) => conversation.notice(sentence),
  });
  const gate = new Gate({ memory: context.workspaceState });
  const editorContext = new EditorContext(gate);
  const pointer = new EditorPointer();
  const terminals = new Terminals();
  const proposals = new Proposals({ gate, tell: (topic, text) => talk.tellModel(topic, text) });
  const toolbox = new Toolbox({
    tools: () => [lookCloser(shares), pointAt(shares), ...workspaceTools({ gate, pointer, proposals, terminals })],
    log,
    show: (entry) => conversation.put(entry),
  });
  const talk: SessionController = new SessionController({
    hub,
    shares,
    toolbox,
    context: editorContext,
    page,
    conversation,
    log,
    settings: readSettings,
    credentials: async () =>
      (await knownCredentials(readSettings(), secretKey)) ??
      ((await setUp(secretKey)) ? knownCredentials(readSettings(), secretKey) : undefined),
  });
  const commands = new Commands({
    talk,
    open: (entry) => openEntry(conversation, { gate, proposals }, entry),
    shares,
    hub,
    page,
    conversation,
    secretKey,
    log,
  });
  const panel = new PanelProvider(context.extensionUri, log, hub);
  context.subscriptions.push(
    // The session goes first: its socket must be closed, whatever else takes time.
    talk,
    shares,
    editorContext,
    pointer,
    proposals,
    proposals.onDidChange(() => toolbox.personDecided()),
    ...whenReadIsStale(gate, () => toolbox.somethingChanged()),
    terminals,
    gate,
    shares.onDidChange((view) => panel.mark(sharingMarker(view))),
    commands,
    door,
    page,
    pageContext,
    hub,
    keeper,
    conversation,
    new StatusBar(talk, shares),
    new AskCommands({ talk, hub, gate }),
    new ProblemNotifications(talk, hub, (action) => void commands.carryOut(action)),
    keepContextKeys(talk, shares),
    vscode.window.registerWebviewViewProvider(CONVERSATION_VIEW, panel, {
      webviewOptions: { retainContextWhenHidden: true },
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (affectsSettings(event)) talk.settingsChanged();
    }),
    log,
  );
  void keeper.restore();
}

/** VS Code waits a few seconds for this when a window closes: long enough to write down what was said last. */
export async function deactivate(): Promise<void> {
  await keeper?.flush();
}
