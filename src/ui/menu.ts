import * as vscode from 'vscode';
import type { SessionView } from '../protocol/session-view.ts';

interface MenuItem extends vscode.QuickPickItem {
  readonly command: string;
}

/** What can be done now, the likeliest first. */
export function menuItems({ phase, microphone, speaker, canSaveReply, model }: SessionView): MenuItem[] {
  const running = phase !== 'idle';
  const muted = microphone.kind === 'muted';
  const items: (MenuItem | false)[] = [
    !running && { label: '$(mic) Start Live Session', command: 'talkthrough.start' },
    running && { label: '$(debug-stop) Stop Live Session', command: 'talkthrough.stop' },
    running && {
      label: muted ? '$(mic) Unmute Microphone' : '$(mute) Mute Microphone',
      command: 'talkthrough.toggleMicrophone',
    },
    running && {
      label: speaker.muted ? '$(unmute) Unmute Loudspeaker' : '$(mute) Mute Loudspeaker (Captions Only)',
      command: 'talkthrough.toggleSpeaker',
    },
    { label: '$(comment-discussion) Show Conversation', command: 'talkthrough.conversation.focus' },
    canSaveReply && { label: '$(save) Save Last Reply as WAV…', command: 'talkthrough.saveLastReply' },
    { label: '$(clear-all) New Conversation', command: 'talkthrough.newConversation' },
    { label: '$(symbol-misc) Choose Model…', description: model, command: 'talkthrough.chooseModel' },
    { label: '$(key) Set Up Gemini API Key or Vertex AI…', command: 'talkthrough.setUp' },
    { label: '$(output) Show Log', command: 'talkthrough.showLog' },
  ];
  return items.filter((item) => item !== false);
}

/** The quick menu behind the status bar item. */
export async function showMenu(view: SessionView): Promise<void> {
  const picked = await vscode.window.showQuickPick(menuItems(view), {
    title: 'Talkthrough',
    placeHolder: view.problems[0]?.sentence ?? 'What would you like to do?',
  });
  if (picked !== undefined) await vscode.commands.executeCommand(picked.command);
}
