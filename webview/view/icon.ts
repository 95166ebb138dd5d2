import { element } from './element.ts';

/** The codicons in use. Codicons has no crossed-out microphone: `mic-muted` is `mic` with a stroke by the style sheet. */
export type IconName =
  | 'arrow-down'
  | 'check'
  | 'circle-large'
  | 'circle-slash'
  | 'close'
  | 'debug-disconnect'
  | 'debug-stop'
  | 'device-camera-video'
  | 'device-desktop'
  | 'error'
  | 'file-media'
  | 'globe'
  | 'info'
  | 'keyboard'
  | 'loading'
  | 'mic'
  | 'mic-muted'
  | 'multiple-windows'
  | 'mute'
  | 'pass'
  | 'play'
  | 'pulse'
  | 'record'
  | 'save'
  | 'search'
  | 'send'
  | 'sparkle'
  | 'sync'
  | 'unmute'
  | 'vm-active'
  | 'zoom-in';

/** An icon beside words that say the same: screen readers pass over it. */
export function icon(name: IconName): HTMLSpanElement {
  const span = element('span', '');
  span.ariaHidden = 'true';
  setIcon(span, name);
  return span;
}

export function setIcon(span: HTMLSpanElement, name: IconName): void {
  const className = iconClass(name);
  if (span.className !== className) span.className = className;
}

function iconClass(name: IconName): string {
  switch (name) {
    case 'mic-muted':
      return 'codicon codicon-mic struck';
    case 'keyboard':
      return 'codicon codicon-record-keys';
    case 'loading':
    case 'sync':
      return `codicon codicon-${name} codicon-modifier-spin`;
    default:
      return `codicon codicon-${name}`;
  }
}
