import * as vscode from 'vscode';
import type { SessionView } from '../protocol/session-view.ts';
import type { Talk } from '../talk/talk.ts';

interface Label {
  readonly text: string;
  readonly tooltip: string;
  readonly background?: 'statusBarItem.errorBackground' | 'statusBarItem.warningBackground';
}

/** What the status bar says: whether anything is heard is always visible there, whatever else is open. */
export function statusLabel({ phase, microphone, problems }: SessionView): Label {
  const problem = problems[0];
  switch (phase) {
    case 'idle':
      return problem === undefined
        ? { text: '$(comment-discussion) Talkthrough', tooltip: 'No session. Click to start one.' }
        : {
            text: '$(error) Talkthrough',
            tooltip: problem.sentence,
            background: 'statusBarItem.errorBackground',
          };
    case 'connecting':
      return { text: '$(loading~spin) Connecting…', tooltip: 'Talkthrough is connecting.' };
    case 'reconnecting':
      return {
        text: '$(sync~spin) Reconnecting…',
        tooltip: 'The connection was lost; Talkthrough is resuming the session.',
        background: 'statusBarItem.warningBackground',
      };
    case 'listening':
    case 'speaking':
      break;
  }
  const what = phase === 'speaking' ? 'Speaking' : 'Listening';
  switch (microphone.kind) {
    case 'on':
      if (microphone.hardwareMuted) {
        return {
          text: `$(mute) ${what}, switched off on the device`,
          tooltip: problem?.sentence ?? 'Nothing is heard.',
        };
      }
      return phase === 'speaking'
        ? { text: '$(unmute) Speaking', tooltip: 'Talkthrough is answering. Speak to interrupt.' }
        : { text: '$(mic-filled) Listening', tooltip: `Talkthrough hears ${microphone.label || 'the microphone'}.` };
    case 'muted':
      return {
        text: phase === 'speaking' ? '$(unmute) Speaking, muted' : '$(mute) Muted',
        tooltip: 'Your microphone is muted.',
      };
    case 'waiting':
      return {
        text: '$(mic) Waiting for a click',
        tooltip: 'Click in Talkthrough, so that the browser lets it listen.',
      };
    case 'starting':
      return { text: '$(loading~spin) Opening microphone…', tooltip: 'Waiting for the microphone.' };
    case 'off':
    case 'failed':
      return {
        text: problem === undefined ? '$(keyboard) Typing only' : '$(warning) Typing only',
        tooltip: problem?.sentence ?? 'The microphone is off.',
      };
  }
}

/** The item in the status bar. It opens the quick menu. */
export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly listener: vscode.Disposable;

  constructor(talk: Talk) {
    this.item = vscode.window.createStatusBarItem('talkthrough.state', vscode.StatusBarAlignment.Right, 50);
    this.item.name = 'Talkthrough';
    this.item.command = 'talkthrough.menu';
    this.listener = talk.onDidChange((view) => this.render(view));
    this.render(talk.view);
    this.item.show();
  }

  dispose(): void {
    this.listener.dispose();
    this.item.dispose();
  }

  private render(view: SessionView): void {
    const { text, tooltip, background } = statusLabel(view);
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.backgroundColor = background === undefined ? undefined : new vscode.ThemeColor(background);
    this.item.accessibilityInformation = { label: `Talkthrough: ${text.replace(/\$\([^)]*\)\s*/g, '')}. ${tooltip}` };
  }
}
