import * as vscode from 'vscode';
import type { Conversation } from '../conversations/conversation.ts';
import type { SessionView } from '../protocol/session-view.ts';
import type { SurfaceHub } from '../surface/hub.ts';
import { ConversationMessages } from './conversation-messages.ts';
import type { SessionParts } from './session-parts.ts';
import { sessionView, type SessionFacts } from './session-view.ts';

/** Keeps every surface showing how session and conversation stand. */
export class SessionPresenter implements vscode.Disposable {
  readonly #hub: SurfaceHub;
  readonly #parts: SessionParts;
  readonly #changed = new vscode.EventEmitter<SessionView>();
  readonly #listeners: readonly vscode.Disposable[];
  readonly #messages: ConversationMessages;
  #facts: SessionFacts;
  #view: SessionView;
  /** What the session shows differs from what was on screen. */
  readonly onDidChange = this.#changed.event;

  constructor(
    { hub, conversation }: { readonly hub: SurfaceHub; readonly conversation: Conversation },
    parts: SessionParts,
    facts: SessionFacts,
  ) {
    this.#hub = hub;
    this.#parts = parts;
    this.#facts = facts;
    this.#view = this.#compute();
    const { page, shares, sound } = parts;
    this.#messages = new ConversationMessages(hub);
    this.#listeners = [
      hub.onDidJoin((surface) => {
        surface.post({ type: 'session', session: this.#view });
        surface.post({ type: 'conversation', reset: true, entries: conversation.entries });
      }),
      page.onDidChange(() => this.#show()),
      shares.onDidChange(() => this.#show()),
      sound.onDidChange(() => this.#show()),
      conversation.onDidChange((change) => this.#messages.changed(change)),
    ];
  }

  get view(): SessionView {
    return this.#view;
  }

  /** Tells everyone what is to be seen now, if it is anything new. */
  update(facts: SessionFacts): void {
    this.#facts = facts;
    this.#show();
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#messages.dispose();
    this.#changed.dispose();
  }

  #compute(): SessionView {
    const { page, shares, sound } = this.#parts;
    const { speaking, failed } = sound.speaker;
    const parts = { page: page.problem, shares: shares.problems, speaking, speakerFailed: failed };
    return sessionView({ ...this.#facts, ...sound.view, ...parts });
  }

  #show(): void {
    const view = this.#compute();
    if (JSON.stringify(view) === JSON.stringify(this.#view)) return;
    this.#view = view;
    this.#hub.broadcast({ type: 'session', session: view });
    this.#changed.fire(view);
  }
}
