import { capabilitiesOf } from '../live/models.ts';
import type { SessionController } from './session-controller.ts';

/** Something that a session was told is asked about. */
export interface Asked {
  /** The model learns what it is together with a typed question only: one that is said would go without. */
  readonly needsTyping: boolean;
  /** Asks about it; begins another session where that one has ended. */
  question(text: string): Promise<void>;
}

/** Asks the model about one thing that the person points out. */
export class Questions {
  readonly #controller: SessionController;

  constructor(controller: SessionController) {
    this.#controller = controller;
  }

  /**
   * The model is told of something, and answers the question, or waits for the person to say one. Begins a session where none
   * runs.
   *
   * @param about what it is, for the model; already gated and masked
   * @returns nothing where no session came about
   */
  async ask(about: string, question = ''): Promise<Asked | undefined> {
    const controller = this.#controller;
    const before = controller.running;
    if (before === undefined) {
      // Before the session begins: every model reads its instructions, but not every one takes notes at any time.
      controller.pending.askAbout(about);
      if (question.trim() !== '') controller.pending.add(question.trim());
      await controller.start();
    } else {
      before.session.tellOnce('asked about', about);
      await controller.type(question);
    }
    const asked = before ?? controller.running;
    if (asked === undefined) return undefined;
    return {
      needsTyping: asked === before && capabilitiesOf(asked.settings.live.model).notes === 'withText',
      question: async (text) => {
        if (asked === controller.running) await controller.type(text);
        else await this.ask(about, text);
      },
    };
  }
}
