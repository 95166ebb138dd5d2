import { emit, type PlainEvent } from '../dom-events.ts';
import { element } from '../view/element.ts';
import { icon, type IconName } from '../view/icon.ts';
import { PushButton } from '../view/toolkit.ts';

interface NoticeButton {
  readonly label: string;
  readonly icon?: IconName;
  /** What a press tells. */
  readonly event: PlainEvent;
}

interface NoticeScreenOptions {
  /** Names it for style sheets and tests. */
  readonly name: string;
  readonly icon: IconName;
  readonly title: string;
  readonly sentence: string;
  /** The first is the one to press. */
  readonly buttons: readonly NoticeButton[];
}

/** One thing to know, in the place of everything else, with the button that helps. */
export function noticeScreen({ name, icon: glyph, title, sentence, buttons }: NoticeScreenOptions): HTMLElement {
  const made = buttons.map(({ label, icon: face, event }, index) => {
    const look = index === 0 ? 'primary' : 'secondary';
    const button = new PushButton({ look, label, ...(face !== undefined && { icon: face }) });
    button.onPress(() => emit(button.element, event));
    if (index === 0) button.element.classList.add('big');
    return button.element;
  });
  const screen = element(
    'section',
    'notice-screen',
    icon(glyph),
    element('h2', 'notice-title', title),
    element('p', 'notice-sentence', sentence),
    element('div', 'notice-buttons', ...made),
  );
  screen.dataset['screen'] = name;
  screen.ariaLabel = title;
  // Read out when it comes: it takes the place of all else.
  screen.role = 'alert';
  return screen;
}
