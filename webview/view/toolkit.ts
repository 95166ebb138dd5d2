/**
 * Everything that is used of `@vscode/webview-ui-toolkit`, and the only file that imports it: it is archived upstream, and
 * whatever takes its place only has to fill these two classes.
 */
import { Button, provideVSCodeDesignSystem, TextArea, vsCodeButton, vsCodeTextArea } from '@vscode/webview-ui-toolkit';
import { type IconName, setIcon } from './icon.ts';
import { element, setAttribute, setText } from './element.ts';

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeTextArea());

/** Makes an element that the registration above has made known to the document. */
function create<Made extends HTMLElement>(tag: string, made: new () => Made): Made {
  const candidate = document.createElement(tag);
  if (!(candidate instanceof made)) throw new Error(`${tag} belongs to something else in this page`);
  return candidate;
}

export type ButtonLook = 'primary' | 'secondary' | 'icon';

interface ButtonOptions {
  readonly look: ButtonLook;
  /** Names the button; shown inside it, or as a tooltip where the look is `icon`. */
  readonly label: string;
  readonly icon?: IconName;
}

export class PushButton {
  readonly element: Button;
  readonly #icon: HTMLSpanElement;
  readonly #text: Text | undefined;

  constructor({ look, label, icon }: ButtonOptions) {
    this.element = create('vscode-button', Button);
    this.#icon = element('span', '');
    this.#icon.ariaHidden = 'true';
    if (icon !== undefined) {
      this.#icon.slot = look === 'icon' ? '' : 'start';
      setIcon(this.#icon, icon);
      this.element.append(this.#icon);
    }
    if (look !== 'icon') {
      this.#text = document.createTextNode('');
      this.element.append(this.#text);
    }
    // The name comes before the look: the toolkit renames an icon button that has none.
    this.setLabel(label);
    this.element.appearance = look;
  }

  /** Calls `listener` whenever the person presses the button while it is enabled. */
  onPress(listener: () => void): void {
    this.element.addEventListener('click', () => {
      if (!this.element.disabled) listener();
    });
  }

  setLabel(label: string): void {
    if (this.#text !== undefined) {
      setText(this.#text, label);
      return;
    }
    setAttribute(this.element, 'title', label);
    // The toolkit's button passes on only this attribute and `disabled`; the rest must be properties.
    setAttribute(this.element, 'aria-label', label);
  }

  setIcon(name: IconName): void {
    setIcon(this.#icon, name);
  }

  setLook(look: ButtonLook): void {
    this.element.appearance = look;
  }

  /** Makes it a toggle that is in or out; `undefined`: a plain button again. */
  setPressed(pressed: boolean | undefined): void {
    const value = pressed === undefined ? null : pressed ? 'true' : 'false';
    if (this.element.ariaPressed !== value) this.element.ariaPressed = value;
  }

  setDisabled(disabled: boolean): void {
    if (this.element.disabled !== disabled) this.element.disabled = disabled;
  }
}

interface TextBoxOptions {
  readonly label: string;
  readonly placeholder: string;
}

/** A text area that begins with one line and grows with what is typed. Its element tells `input` and `keydown`. */
export class TextBox {
  readonly element: TextArea;

  constructor({ label, placeholder }: TextBoxOptions) {
    this.element = create('vscode-text-area', TextArea);
    // The content names it and becomes its `aria-label` in the document; the style sheet hides the content.
    this.element.textContent = label;
    this.element.placeholder = placeholder;
    this.element.rows = 1;
  }

  get value(): string {
    return this.element.value;
  }

  set value(value: string) {
    this.element.value = value;
  }

  focus(): void {
    this.element.focus();
  }
}
