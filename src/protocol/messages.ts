import type { Entry } from './conversation.ts';
import type { Box, PictureDetail, SharesView, ShareSource, ShareState, ShownSource, StillFailure } from './picture.ts';
import type { ProblemAction, MicrophoneState, SessionView } from './session-view.ts';

/** What a surface may do where it runs, as its browser says. */
export type Ability = 'microphone' | 'camera' | 'display-capture' | 'playback';

export type SurfaceKind = 'panel' | 'page';

export type ThemeKind = 'dark' | 'light' | 'high-contrast' | 'high-contrast-light';

// ---------------------------------------------------------------------------------------------------- host to surface

/** Which parts the surface plays from now on. The answer to `join`, and again whenever it changes. */
export interface RolesMessage {
  readonly type: 'roles';
  /** Shows the conversation. */
  readonly view: boolean;
  /** Captures and plays. One surface at a time: echo cancellation needs both in one page. */
  readonly media: boolean;
}

/** The whole session view; replaces the last. */
export interface SessionMessage {
  readonly type: 'session';
  readonly session: SessionView;
}

/** Entries to add or replace by id; they stand in the order of `atMs`, then of arrival. `reset`: forget all others first. */
export interface ConversationMessage {
  readonly type: 'conversation';
  readonly reset: boolean;
  readonly entries: readonly Entry[];
}

/** Loudness of what the host last heard from the microphone, 0 to 1 (RMS of full scale), about ten times a second. */
export interface LevelMessage {
  readonly type: 'level';
  readonly level: number;
}

/** What the media surface's microphone should be doing. The surface reports what became of it by `microphoneState`. */
export interface MicrophoneMessage {
  readonly type: 'microphone';
  readonly wanted: 'off' | 'muted' | 'on';
  /** Echo cancellation, noise suppression and gain control. */
  readonly processing: boolean;
  /** Grows each time the person asks to try a failed microphone again; a new number means: try afresh. */
  readonly attempt: number;
}

/** Reply audio: PCM16 little-endian, mono, 24 kHz. Reply numbers only grow. */
export interface AudioMessage {
  readonly type: 'audio';
  readonly reply: number;
  readonly pcm16: Uint8Array;
}

/** No more audio will come for this reply. */
export interface AudioEndMessage {
  readonly type: 'audioEnd';
  readonly reply: number;
}

/** Fade out now and forget all audio of replies up to and including this one, also what is still on its way. */
export interface FlushMessage {
  readonly type: 'flush';
  readonly throughReply: number;
}

export interface SpeakerMessage {
  readonly type: 'speaker';
  readonly muted: boolean;
}

/** How VS Code looks, for a surface outside it. The panel reads it off its own document. */
export interface ThemeMessage {
  readonly type: 'theme';
  readonly kind: ThemeKind;
  /** CSS custom properties of VS Code's theme, `--vscode-…` with their values. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Where the page belongs: the name of the window's workspace, empty when no folder is open. */
export interface WorkspaceNameMessage {
  readonly type: 'workspaceName';
  readonly workspace: string;
}

/**
 * The devices the person chose, by label: ids change with the browser's profile and the page's address. Empty: the
 * system's own. A label that is not connected means the default, and the page says so.
 */
export interface DevicesMessage {
  readonly type: 'devices';
  readonly microphone: string;
  readonly loudspeaker: string;
  readonly camera: string;
}

/** What the media surface should be sharing. It reports what became of it by `shareState`. */
export interface ShareMessage {
  readonly type: 'share';
  readonly source: ShareSource;
  readonly wanted: boolean;
  /** Grows with every start and every stop; frames bear it, so that none outlives its share. */
  readonly epoch: number;
  /** Label of the camera to use; empty for the system's own, and for a screen. */
  readonly device: string;
}

/** How the media surface should look. Repeated whenever it changes. */
export interface CaptureSettingsMessage {
  readonly type: 'captureSettings';
  readonly detail: PictureDetail;
  /** The share that gets a frame a second; the other is sent now and then. */
  readonly focus: ShareSource;
  /** While the person speaks a picture that does not change is sent again from time to time. */
  readonly personSpeaks: boolean;
}

/** Send a frame of the focus now, unless the last one is younger than this: the person begins to ask something. */
export interface RequestFrameMessage {
  readonly type: 'requestFrame';
  readonly unlessNewerThanMs: number;
}

/** A frame of that share was not sent after all (too old, or the line was lost): its picture is wanted again. */
export interface FrameDroppedMessage {
  readonly type: 'frameDropped';
  readonly source: ShareSource;
  readonly epoch: number;
}

/** Cut a region out of the newest picture of a share, at its full resolution. Answered by `cropResult`. */
export interface CropMessage {
  readonly type: 'crop';
  readonly request: number;
  readonly source: ShareSource;
  readonly region: Box;
}

/** Turn a picture file into one the service takes. Answered by `still` or `stillFailed` with the same number. */
export interface PrepareStillMessage {
  readonly type: 'prepareStill';
  readonly request: number;
  readonly name: string;
  /** `image/png`, `image/jpeg`, `image/webp`, `image/gif`, `image/svg+xml`. */
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** What is shared now; replaces the last. */
export interface SharesMessage {
  readonly type: 'shares';
  readonly shares: SharesView;
}

/** A picture exactly as the service got it. Replaces the last of its source. */
export interface SentPictureMessage {
  readonly type: 'sentPicture';
  readonly source: ShownSource;
  /** The file's name for a still, what is shared otherwise. */
  readonly name: string;
  /** JPEG. */
  readonly jpeg: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Unix time, milliseconds. */
  readonly sentAtMs: number;
}

/** What the model points at in the shown picture of that source; `undefined` box: at nothing any more. */
export interface PointingMessage {
  readonly type: 'pointing';
  readonly source: ShownSource;
  readonly at?: { readonly box: Box; readonly label: string };
}

export type ToSurface =
  | ShareMessage
  | CaptureSettingsMessage
  | RequestFrameMessage
  | FrameDroppedMessage
  | CropMessage
  | PrepareStillMessage
  | SharesMessage
  | SentPictureMessage
  | PointingMessage
  | ThemeMessage
  | WorkspaceNameMessage
  | DevicesMessage
  | RolesMessage
  | SessionMessage
  | ConversationMessage
  | LevelMessage
  | MicrophoneMessage
  | AudioMessage
  | AudioEndMessage
  | FlushMessage
  | SpeakerMessage;

// ---------------------------------------------------------------------------------------------------- surface to host

/** The first message of a surface, and again after its page was reloaded. */
export interface JoinMessage {
  readonly type: 'join';
  readonly surface: SurfaceKind;
  readonly abilities: readonly Ability[];
}

/** Up to 20 ms of microphone: PCM16 little-endian, mono, 16 kHz (640 bytes; the tail may be shorter). */
export interface MicrophoneChunkMessage {
  readonly type: 'microphoneChunk';
  /** Counts from 0 for each opening of the microphone. */
  readonly sequence: number;
  readonly pcm16: Uint8Array;
  /** RMS of the chunk, 0 to 1. */
  readonly level: number;
}

export interface MicrophoneStateMessage {
  readonly type: 'microphoneState';
  readonly state: MicrophoneState;
}

/** How much of a reply has really left the loudspeaker, in samples at 24 kHz. */
export interface PlayedMessage {
  readonly type: 'played';
  readonly reply: number;
  readonly playedSamples: number;
  readonly bufferedSamples: number;
  /** Times the buffer ran dry within the reply. */
  readonly underruns: number;
}

export interface SpeakerLockedMessage {
  readonly type: 'speakerLocked';
  readonly locked: boolean;
}

/** Replies cannot be played here (`unsupported`, `worklet`), or a part of one was more than the buffer holds (`overflow`). */
export interface SpeakerFailedMessage {
  readonly type: 'speakerFailed';
  readonly reason: 'unsupported' | 'worklet' | 'overflow';
  readonly detail: string;
}

/** What the person asked for. */
export type Intent =
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'toggleMicrophone' }
  | { readonly kind: 'toggleSpeaker' }
  | { readonly kind: 'saveLastReply' }
  | { readonly kind: 'share'; readonly source: ShareSource }
  | { readonly kind: 'stopSharing'; readonly source: ShareSource }
  | { readonly kind: 'focus'; readonly source: ShareSource }
  | { readonly kind: 'showImage' }
  /** Open what an entry of the conversation names. */
  | { readonly kind: 'open'; readonly entry: string }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'problemAction'; readonly action: ProblemAction };

/** The panel's own theme, at first and whenever it changes. At most 1,500 variables. */
export interface PanelThemeMessage {
  readonly type: 'panelTheme';
  readonly kind: ThemeKind;
  readonly variables: Readonly<Record<string, string>>;
}

/** The person chose a device in the page; `label` is empty for the system's own. */
export interface ChooseDeviceMessage {
  readonly type: 'chooseDevice';
  readonly device: 'microphone' | 'loudspeaker' | 'camera';
  readonly label: string;
}

export interface ShareStateMessage {
  readonly type: 'shareState';
  readonly source: ShareSource;
  readonly epoch: number;
  readonly state: ShareState;
}

/** A frame of a share, as JPEG. */
export interface FrameMessage {
  readonly type: 'frame';
  readonly source: ShareSource;
  readonly epoch: number;
  /** Milliseconds from its capture until it was posted. */
  readonly ageMs: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** It shows something else than the last frame of this share: what was pointed at there may be gone. */
  readonly changed: boolean;
  readonly jpeg: Uint8Array;
}

/** The region that `crop` asked for; without a picture where the share has none (any more). */
export interface CropResultMessage {
  readonly type: 'cropResult';
  readonly request: number;
  readonly picture?: {
    readonly jpeg: Uint8Array;
    readonly widthPx: number;
    readonly heightPx: number;
    readonly ageMs: number;
  };
}

/** A picture to be shown once: prepared for the host (`request`), or pasted or dropped by the person. */
export interface StillMessage {
  readonly type: 'still';
  readonly request?: number;
  readonly name: string;
  readonly jpeg: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface StillFailedMessage {
  readonly type: 'stillFailed';
  readonly request?: number;
  readonly name: string;
  readonly reason: StillFailure;
}

/** The cameras the surface knows by name; browsers tell names only once a camera was allowed. At most 30. */
export interface CamerasMessage {
  readonly type: 'cameras';
  readonly labels: readonly string[];
}

export interface IntentMessage {
  readonly type: 'intent';
  readonly intent: Intent;
}

export type FromSurface =
  | ShareStateMessage
  | FrameMessage
  | CropResultMessage
  | StillMessage
  | StillFailedMessage
  | CamerasMessage
  | JoinMessage
  | MicrophoneChunkMessage
  | MicrophoneStateMessage
  | PlayedMessage
  | SpeakerLockedMessage
  | SpeakerFailedMessage
  | PanelThemeMessage
  | ChooseDeviceMessage
  | IntentMessage;

/** Longest text a person may type at once, in UTF-16 units: well under what a Live turn takes, well over what people type. */
export const MAX_TYPED_LENGTH = 16_000;
