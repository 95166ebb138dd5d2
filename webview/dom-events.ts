import type { ChooseDeviceMessage, Intent } from '../src/protocol/messages.ts';
import type { ShareSource, ShownSource } from '../src/protocol/picture.ts';
import type { With } from './emitter.ts';

/** What the parts of a page tell, by event name. Every event bubbles, so that an element around the part can listen. */
interface PartEvents {
  /** The person asks the host for something. */
  intent: Intent;
  /**
   * The person clicked to share this, or to choose what a `waiting` share shows. It comes within the click, as browsers
   * demand before they open a picker; a new share's intent comes just before it.
   */
  'share-click': ShareSource;
  /** The person lets this page use the microphone. */
  'use-microphone': undefined;
  /** The microphone waits for a click in this page, or no more. */
  'microphone-waits': boolean;
  /** The person gave a file to be shown: a picture, or what they take for one. */
  still: File;
  /** The person wants to see a picture full size. */
  'open-picture': ShownSource;
  /** An element that had the focus is gone. */
  'focus-lost': undefined;
  /** The person wants this page to join the session again. */
  connect: undefined;
  /** The person would rather type than be heard. */
  'type-only': undefined;
  /** A notice covers the session, or no more. */
  covered: boolean;
  /** The person chose a device for this page. */
  'choose-device': Omit<ChooseDeviceMessage, 'type'>;
}

type PartEventMap = { [Name in keyof PartEvents]: CustomEvent<PartEvents[Name]> };

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the DOM's own types are extended by an interface only
  interface HTMLElementEventMap extends PartEventMap {}
}

/** Events that need no more than their name. */
export type PlainEvent = {
  [Name in keyof PartEvents]: PartEvents[Name] extends undefined ? Name : never;
}[keyof PartEvents];

/** Tells `element` and everything around it. Listeners have run when it returns. */
export function emit<Name extends keyof PartEvents>(
  element: HTMLElement,
  name: Name,
  ...[detail]: With<PartEvents[Name]>
): void {
  element.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}
