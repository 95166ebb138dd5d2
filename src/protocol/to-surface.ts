import type { Entry } from './conversation.ts';
import type { FromSurface } from './from-surface.ts';
import type { Box, PictureDetail, SharesView, ShareSource, ShownSource } from './picture.ts';
import type { SessionView } from './session-view.ts';

/**
 * All that the host says to a surface, by type: what a message holds beside its type. The host is trusted, so nothing reads
 * these at run time, and no schema library enters the web bundle.
 */
interface Table {
  /** Which parts the surface plays from now on. The answer to `join`, and again whenever it changes. */
  roles: {
    /** Shows the conversation. */
    readonly view: boolean;
    /** Captures and plays. One surface at a time: echo cancellation needs both in one page. */
    readonly media: boolean;
  };
  /** The whole session view; replaces the last. */
  session: {
    readonly session: SessionView;
  };
  /** Entries to add or replace by id; they stand in the order of `atMs`, then of arrival. `reset`: forget all others first. */
  conversation: {
    readonly reset: boolean;
    readonly entries: readonly Entry[];
  };
  /**
   * Loudness of what the host last heard from the microphone, 0 to 1 (RMS of full scale): when the meter is to move, at most
   * about ten times a second, and again at least three times a second while it stands out.
   */
  level: {
    readonly level: number;
  };
  /** What the media surface's microphone should be doing. The surface reports what became of it by `microphoneState`. */
  microphone: {
    readonly wanted: 'off' | 'muted' | 'on';
    /** Echo cancellation, noise suppression and gain control. */
    readonly processing: boolean;
    /** Grows each time the person asks to try a failed microphone again; a new number means: try afresh. */
    readonly attempt: number;
  };
  /** Reply audio: PCM16 little-endian, mono, 24 kHz. Reply numbers only grow. */
  audio: {
    readonly reply: number;
    readonly pcm16: Uint8Array;
  };
  /** No more audio will come for this reply. */
  audioEnd: {
    readonly reply: number;
  };
  /** Fade out now and forget all audio of replies up to and including this one, also what is still on its way. */
  flush: {
    readonly throughReply: number;
  };
  speaker: {
    readonly muted: boolean;
  };
  /** How VS Code looks, for a surface outside it. The panel reads it off its own document. */
  theme: {
    readonly kind: FromSurface<'panelTheme'>['kind'];
    /** CSS custom properties of VS Code's theme, `--vscode-…` with their values. */
    readonly variables: Readonly<Record<string, string>>;
  };
  /** Where the page belongs: the name of the window's workspace, empty when no folder is open. */
  workspaceName: {
    readonly workspace: string;
  };
  /**
   * The devices the person chose, by label: ids change with the browser's profile and the page's address. Empty: the
   * system's own. A label that is not connected means the default, and the page says so.
   */
  devices: {
    readonly microphone: string;
    readonly loudspeaker: string;
    readonly camera: string;
  };
  /** What the media surface should be sharing. It reports what became of it by `shareState`. */
  share: {
    readonly source: ShareSource;
    readonly wanted: boolean;
    /** Grows with every start and every stop; frames bear it, so that none outlives its share. */
    readonly epoch: number;
    /** Label of the camera to use; empty for the system's own, and for a screen. */
    readonly device: string;
  };
  /** How the media surface should look. Repeated whenever it changes. */
  captureSettings: {
    readonly detail: PictureDetail;
    /** The share that gets a frame a second; the other is sent now and then. */
    readonly focus: ShareSource;
    /** While the person speaks a picture that does not change is sent again from time to time. */
    readonly personSpeaks: boolean;
  };
  /** Send a frame of the focus now, unless the last one is younger than this: the person begins to ask something. */
  requestFrame: {
    readonly unlessNewerThanMs: number;
  };
  /** A frame of that share was not sent after all (too old, or the line was lost): its picture is wanted again. */
  frameDropped: {
    readonly source: ShareSource;
    readonly epoch: number;
  };
  /** Cut a region out of the newest picture of a share, at its full resolution. Answered by `cropResult`. */
  crop: {
    readonly request: number;
    readonly source: ShareSource;
    readonly region: Box;
  };
  /** Turn a picture file into one the service takes. Answered by `still` or `stillFailed` with the same number. */
  prepareStill: {
    readonly request: number;
    readonly name: string;
    /** `image/png`, `image/jpeg`, `image/webp`, `image/gif`, `image/svg+xml`. */
    readonly mimeType: string;
    readonly bytes: Uint8Array;
  };
  /** What is shared now; replaces the last. */
  shares: {
    readonly shares: SharesView;
  };
  /** A picture exactly as the service got it. Replaces the last of its source. */
  sentPicture: {
    readonly source: ShownSource;
    /** The file's name for a still, what is shared otherwise. */
    readonly name: string;
    /** JPEG. */
    readonly jpeg: Uint8Array;
    readonly widthPx: number;
    readonly heightPx: number;
    /** Unix time, milliseconds. */
    readonly sentAtMs: number;
  };
  /** What the model points at in the shown picture of that source; `undefined` box: at nothing any more. */
  pointing: {
    readonly source: ShownSource;
    readonly at?: { readonly box: Box; readonly label: string };
  };
}

/** A message of that type to a surface; of any type unless one is named. */
export type ToSurface<Type extends keyof Table = keyof Table> = {
  [T in Type]: { readonly type: T } & Table[T];
}[Type];
