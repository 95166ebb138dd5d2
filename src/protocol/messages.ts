import type { FromSurface } from './from-surface.ts';
import type { ToSurface } from './to-surface.ts';

export type { FromSurface, ToSurface };

/** What a surface may do where it runs, as its browser says. */
export type Ability = FromSurface<'join'>['abilities'][number];
export type SurfaceKind = FromSurface<'join'>['surface'];
export type ThemeKind = FromSurface<'panelTheme'>['kind'];
/** What the person asked for. */
export type Intent = FromSurface<'intent'>['intent'];

export type RolesMessage = ToSurface<'roles'>;
export type SessionMessage = ToSurface<'session'>;
export type ConversationMessage = ToSurface<'conversation'>;
export type MicrophoneMessage = ToSurface<'microphone'>;
export type AudioMessage = ToSurface<'audio'>;
export type AudioEndMessage = ToSurface<'audioEnd'>;
export type FlushMessage = ToSurface<'flush'>;
export type SpeakerMessage = ToSurface<'speaker'>;
export type ThemeMessage = ToSurface<'theme'>;
export type ShareMessage = ToSurface<'share'>;
export type CaptureSettingsMessage = ToSurface<'captureSettings'>;
export type RequestFrameMessage = ToSurface<'requestFrame'>;
export type FrameDroppedMessage = ToSurface<'frameDropped'>;
export type CropMessage = ToSurface<'crop'>;
export type PrepareStillMessage = ToSurface<'prepareStill'>;
export type SharesMessage = ToSurface<'shares'>;
export type SentPictureMessage = ToSurface<'sentPicture'>;
export type PointingMessage = ToSurface<'pointing'>;

export type MicrophoneChunkMessage = FromSurface<'microphoneChunk'>;
export type PlayedMessage = FromSurface<'played'>;
export type SpeakerFailedMessage = FromSurface<'speakerFailed'>;
export type PanelThemeMessage = FromSurface<'panelTheme'>;
export type ChooseDeviceMessage = FromSurface<'chooseDevice'>;
export type ShareStateMessage = FromSurface<'shareState'>;
export type FrameMessage = FromSurface<'frame'>;
export type CropResultMessage = FromSurface<'cropResult'>;
export type StillMessage = FromSurface<'still'>;
export type StillFailedMessage = FromSurface<'stillFailed'>;
