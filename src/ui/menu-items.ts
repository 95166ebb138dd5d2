import type { QuickPickItem } from 'vscode';
import { sharedSources, type ShareSource, type SharesView } from '../protocol/picture.ts';
import type { SessionView } from '../protocol/session-view.ts';
import { wantedSources } from './sight-words.ts';

export interface MenuItem extends QuickPickItem {
  readonly command: string;
}

/** What can be done now, the likeliest first. */
export function menuItems(session: SessionView, shares: SharesView): MenuItem[] {
  const { phase, microphone, speaker, canSaveReply, model } = session;
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
    ...sharingItems(shares),
    { label: '$(comment-discussion) Show Conversation', command: 'talkthrough.conversation.focus' },
    canSaveReply && { label: '$(save) Save Last Reply as WAV…', command: 'talkthrough.saveLastReply' },
    { label: '$(clear-all) New Conversation', command: 'talkthrough.newConversation' },
    { label: '$(symbol-misc) Choose Model…', description: model, command: 'talkthrough.chooseModel' },
    { label: '$(key) Set Up Gemini API Key or Vertex AI…', command: 'talkthrough.setUp' },
    { label: '$(output) Show Log', command: 'talkthrough.showLog' },
  ];
  return items.filter((item) => item !== false);
}

/** What can be shown, and how to stop it: stopping comes first. */
function sharingItems(shares: SharesView): (MenuItem | false)[] {
  const wanted = wantedSources(shares);
  const both = sharedSources(shares).length > 1;
  const isWanted = (source: ShareSource): boolean => wanted.includes(source);
  return [
    wanted.length > 1 && { label: '$(stop-circle) Stop All Sharing', command: 'talkthrough.stopSharing' },
    isWanted('screen') && { label: '$(stop-circle) Stop Sharing Screen', command: 'talkthrough.stopSharingScreen' },
    isWanted('camera') && { label: '$(stop-circle) Stop Sharing Camera', command: 'talkthrough.stopSharingCamera' },
    both &&
      shares.focus === 'camera' && { label: '$(target) Make the Screen the Focus', command: 'talkthrough.focusScreen' },
    both &&
      shares.focus === 'screen' && { label: '$(target) Make the Camera the Focus', command: 'talkthrough.focusCamera' },
    !isWanted('screen') && { label: '$(vm) Share Screen…', command: 'talkthrough.shareScreen' },
    !isWanted('camera') && { label: '$(device-camera-video) Share Camera…', command: 'talkthrough.shareCamera' },
    { label: '$(file-media) Show Image…', command: 'talkthrough.showImage' },
    { label: '$(type-hierarchy) Show This Diagram', command: 'talkthrough.showDiagram' },
  ];
}
