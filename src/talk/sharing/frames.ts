import type { LiveSession } from '../../live/session.ts';
import type { FrameMessage } from '../../protocol/messages.ts';
import { SHARE_SOURCES, type PictureDetail, type ShareSource } from '../../protocol/picture.ts';
import type { SettingsSource } from '../../settings/current-settings.ts';
import type { SurfaceHub } from '../../surface/hub.ts';
import type { OutgoingPictures } from './outgoing-pictures.ts';
import type { ShareControl } from './share-control.ts';
import { shareName } from './share-note.ts';

interface FramesParts {
  readonly hub: SurfaceHub;
  readonly settings: SettingsSource;
  readonly control: ShareControl;
  readonly outgoing: OutgoingPictures;
}

/** Frames older than this are asked for anew when the person begins to speak or types. */
const FRESH_MS = 500;
/** A typed question waits no longer than this for a fresh picture: the person has pressed Enter. */
const REFRESH_WAIT_MS = 400;

/** The frames of what is shared, from the surface that captures them to the session. */
export class Frames {
  readonly #parts: FramesParts;
  #session: LiveSession | undefined;
  /** A session keeps the detail that it was made with. */
  #sessionDetail: PictureDetail | undefined;
  #personSpeaks = false;
  /** A frame that shows something new waits, or was dropped: the next one shows it too. */
  readonly #unseenChange = new Set<ShareSource>();

  constructor(parts: FramesParts) {
    this.#parts = parts;
  }

  sessionBegins(session: LiveSession, detail: PictureDetail): void {
    this.#session = session;
    this.#sessionDetail = detail;
    session.on('speech', (speaking) => {
      this.#personSpeaks = speaking;
      this.sendCaptureSettings();
      if (speaking) this.#request();
    });
    session.on('state', ({ kind }) => {
      // What was captured while there was no connection is old: the model begins with what is there now.
      if (kind === 'live')
        for (const source of SHARE_SOURCES) this.#dropped(source, this.#parts.control.epochOf(source));
    });
  }

  sessionEnds(): void {
    this.#session = undefined;
    this.#sessionDetail = undefined;
    this.#personSpeaks = false;
  }

  /** Tells the surface that captures how to do so; again when another has taken over, or a setting changed. */
  sendCaptureSettings(): void {
    const { hub, settings, control } = this.#parts;
    const detail = this.#sessionDetail ?? settings.current.live.pictureDetail;
    hub.postToMedia({ type: 'captureSettings', detail, focus: control.focus, personSpeaks: this.#personSpeaks });
  }

  /** The person asks something by typing: resolves when a fresh picture has gone, or after a moment. */
  async refresh(): Promise<void> {
    const { control, outgoing } = this.#parts;
    const { seen } = control;
    if (seen === undefined || outgoing.sinceLastMs(seen) < FRESH_MS) return;
    const sent = outgoing.untilSent(undefined, REFRESH_WAIT_MS);
    this.#request();
    await sent;
  }

  receive(message: FrameMessage): void {
    const { control, outgoing } = this.#parts;
    if (!control.accepts(message)) return;
    const { source, epoch, ...frame } = message;
    const state = control.stateOf(source);
    const name = state.kind === 'on' ? shareName(source, state) : source;
    if (frame.changed) this.#unseenChange.add(source);
    const isWanted = (): boolean => control.isCurrent(source, epoch);
    const dropped = (): void => this.#dropped(source, epoch);
    this.#session?.sendPicture(source, outgoing.make({ ...frame, source, name, isWanted, dropped }));
  }

  /** A frame of it was sent. Returns whether it shows something that the model had not seen. */
  sent(source: ShareSource): boolean {
    return this.#unseenChange.delete(source);
  }

  forget(source: ShareSource): void {
    this.#unseenChange.delete(source);
  }

  #request(): void {
    this.#parts.hub.postToMedia({ type: 'requestFrame', unlessNewerThanMs: FRESH_MS });
  }

  /** The model has not got a frame that the surface takes for sent. */
  #dropped(source: ShareSource, epoch: number): void {
    const { hub, control } = this.#parts;
    if (control.isCurrent(source, epoch)) hub.postToMedia({ type: 'frameDropped', source, epoch });
  }
}
