import { MAX_FRAME_BYTES, MAX_STILL_BYTES, MAX_TYPED_LENGTH } from './limits.ts';
import * as z from './zod.ts';

/** 20 ms at 16 kHz is 640 bytes; a surface that woke up late may bunch, but never into more than a second at once. */
const MAX_PCM_BYTES = 32_000;

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const label = z.string().max(500);
/** Larger than any screen there is; also what a JPEG can say of itself. */
const pixels = z.number().int().min(1).max(65_535);
const ageMs = z.number().min(0).max(86_400_000);
const source = z.enum(['screen', 'camera']);

const bytes: z.ZodType<Uint8Array> = z.union([
  z.instanceof(Uint8Array),
  z.instanceof(ArrayBuffer).transform((buffer) => new Uint8Array(buffer)),
]);

const pcm16 = bytes
  .refine((data) => data.byteLength % 2 === 0, 'whole 16-bit samples')
  .refine((data) => data.byteLength <= MAX_PCM_BYTES, 'at most a second of sound');

/** What the service is told to be a JPEG begins like one. */
const jpeg = (maxBytes: number) =>
  bytes
    .refine((data) => data.byteLength <= maxBytes, 'small enough')
    .refine((data) => data[0] === 0xff && data[1] === 0xd8 && data[2] === 0xff, 'a JPEG');

/** A share as the surface that captures reports it. */
const shareState = z.discriminatedUnion('kind', [
  /** `by`: the browser's own "Stop sharing", or the shared window or tab was closed. */
  z.object({ kind: z.literal('off'), by: z.literal('source').exactOptional() }),
  /** The browser wants a click in the surface before it shows its picker. */
  z.object({ kind: z.literal('waiting') }),
  /** The picker, or the browser's question, is open. */
  z.object({ kind: z.literal('choosing') }),
  z.object({
    kind: z.literal('on'),
    /** What the browser calls it; may be empty. */
    label,
    /** What is shared of the computer; absent for a camera, and where the browser does not say. */
    what: z.enum(['screen', 'window', 'tab']).exactOptional(),
    /** Of the source itself, not of the frames sent. */
    widthPx: pixels,
    heightPx: pixels,
  }),
  /**
   * - `cancelled`: the person closed the picker. - `denied`: the browser was told no. - `denied-by-system`: the operating
   * system does not let the browser. - `blocked-by-policy`: this document may not. - `missing`: no camera. - `busy`: another
   * program uses it. - `vanished`: unplugged while shared. - `unsupported`: the browser cannot. - `broken`: the source gave
   * no picture.
   */
  z.object({
    kind: z.literal('failed'),
    reason: z.enum([
      'cancelled',
      'denied',
      'denied-by-system',
      'blocked-by-policy',
      'missing',
      'busy',
      'vanished',
      'unsupported',
      'broken',
    ]),
    detail: label,
  }),
]);

/** The microphone as the surface that captures reports it. */
const microphoneState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  /** The browser wants a click in the page before it captures. */
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('starting') }),
  z.object({
    kind: z.literal('on'),
    label,
    deviceId: label,
    sampleRateHz: z.number().min(1_000).max(1_000_000),
    /** A switch on the device or the operating system silences it (`MediaStreamTrack.muted`). */
    hardwareMuted: z.boolean(),
  }),
  z.object({ kind: z.literal('muted'), trackHeld: z.boolean() }),
  z.object({
    kind: z.literal('failed'),
    reason: z.enum(['denied', 'blocked-by-policy', 'missing', 'busy', 'vanished', 'unsupported', 'worklet']),
    detail: label,
  }),
]);

/** What a button beside a problem does. Every one of them is carried out by the host. */
const problemAction = z.enum([
  'start',
  'enterKey',
  'setUp',
  'chooseModel',
  'openSettings',
  'retryMicrophone',
  'openPage',
  'typeOnly',
  'openQuota',
  'shareScreen',
  'shareCamera',
  'showLog',
]);

/** What the person asked for. */
const intent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start') }),
  z.object({ kind: z.literal('stop') }),
  z.object({ kind: z.literal('toggleMicrophone') }),
  z.object({ kind: z.literal('toggleSpeaker') }),
  z.object({ kind: z.literal('saveLastReply') }),
  z.object({ kind: z.literal('share'), source }),
  z.object({ kind: z.literal('stopSharing'), source }),
  z.object({ kind: z.literal('focus'), source }),
  z.object({ kind: z.literal('showImage') }),
  /** Open what an entry of the conversation names. */
  z.object({ kind: z.literal('open'), entry: z.string().min(1).max(200) }),
  z.object({ kind: z.literal('type'), text: z.string().min(1).max(MAX_TYPED_LENGTH) }),
  z.object({ kind: z.literal('problemAction'), action: problemAction }),
]);

/** VS Code has about 800 colours; each is a custom property of its theme. */
const themeVariables = z
  .record(z.string().regex(/^--vscode-[\w-]{1,100}$/), z.string().max(300))
  .refine((variables) => Object.keys(variables).length <= 1_500, 'at most 1,500 variables');

/** Any surface that has joined may say it. */
const anyone = <Fields extends z.ZodRawShape>(fields: Fields) =>
  ({ mediaOnly: false, schema: z.object(fields) }) as const;

/** It is about capturing and playing: from any other surface it is dropped. */
const mediaOnly = <Fields extends z.ZodRawShape>(fields: Fields) =>
  ({ mediaOnly: true, schema: z.object(fields) }) as const;

/** All that a surface says to the host, by type: who may say it, and what it holds beside its type. */
export const fromSurface = {
  /** The first message of a surface, and again after its page was reloaded. */
  join: anyone({
    surface: z.enum(['panel', 'page']),
    /** What it may do where it runs, as its browser says. */
    abilities: z.array(z.enum(['microphone', 'camera', 'display-capture', 'playback'])).max(4),
  }),
  intent: anyone({ intent }),
  /** The panel's own theme, at first and whenever it changes. */
  panelTheme: anyone({
    kind: z.enum(['dark', 'light', 'high-contrast', 'high-contrast-light']),
    variables: themeVariables,
  }),
  /** The person chose a device in the page; `label` is empty for the system's own. */
  chooseDevice: anyone({ device: z.enum(['microphone', 'loudspeaker', 'camera']), label }),

  /**
   * Microphone: one or more chunks of 20 ms, one after the other. Each message costs VS Code more than what it carries, so
   * several chunks travel together.
   */
  microphoneChunk: mediaOnly({
    /** Of the first chunk in it. Counts chunks, from 0 for each opening of the microphone. */
    sequence: count,
    /** Little-endian, mono, 16 kHz: 640 bytes a chunk; only the tail may be shorter. */
    pcm16,
    /** RMS of the loudest chunk. */
    level: z.number().min(0).max(1),
  }),
  microphoneState: mediaOnly({ state: microphoneState }),

  /** How much of a reply has really left the loudspeaker, in samples at 24 kHz. */
  played: mediaOnly({
    reply: count,
    playedSamples: count,
    bufferedSamples: count,
    /** Times the buffer ran dry within the reply. */
    underruns: count,
  }),
  speakerLocked: mediaOnly({ locked: z.boolean() }),
  /** Replies cannot be played here (`unsupported`, `worklet`), or a part of one was more than the buffer holds (`overflow`). */
  speakerFailed: mediaOnly({ reason: z.enum(['unsupported', 'worklet', 'overflow']), detail: label }),

  shareState: mediaOnly({ source, epoch: count, state: shareState }),
  /** A frame of a share. */
  frame: mediaOnly({
    source,
    epoch: count,
    /** From its capture until it was posted. */
    ageMs,
    widthPx: pixels,
    heightPx: pixels,
    /** It shows something else than the last frame of this share: what was pointed at there may be gone. */
    changed: z.boolean(),
    jpeg: jpeg(MAX_FRAME_BYTES),
  }),
  /** The region that `crop` asked for; without a picture where the share has none (any more). */
  cropResult: mediaOnly({
    request: count,
    picture: z.object({ jpeg: jpeg(MAX_STILL_BYTES), widthPx: pixels, heightPx: pixels, ageMs }).exactOptional(),
  }),
  /** The cameras the surface knows by name; browsers tell names only once a camera was allowed. */
  cameras: mediaOnly({ labels: z.array(label).max(30) }),

  /** A picture to be shown once: prepared for the host (`request`), or pasted or dropped by the person. */
  still: anyone({
    request: count.exactOptional(),
    name: label,
    jpeg: jpeg(MAX_STILL_BYTES),
    widthPx: pixels,
    heightPx: pixels,
  }),
  /** Why a picture file could not be shown. */
  stillFailed: anyone({
    request: count.exactOptional(),
    name: label,
    reason: z.enum(['too-large', 'not-a-picture', 'unsupported']),
  }),
};

type Table = typeof fromSurface;

/** A message of that type from a surface; of any type unless one is named. */
export type FromSurface<Type extends keyof Table = keyof Table> = {
  [T in Type]: { readonly type: T } & z.Read<Table[T]['schema']>;
}[Type];

/** A message from a surface as the table has it, or why it is none. Unknown fields are dropped. Never throws. */
export function readFromSurface(raw: unknown): { message: FromSurface } | { complaint: string } {
  if (typeof raw !== 'object' || raw === null || !('type' in raw) || !isKnown(raw.type)) return { complaint: 'type' };
  const result = fromSurface[raw.type].schema.safeParse(raw);
  // The fields were read by the schema of this very type, which the compiler cannot follow from key to value.
  if (result.success) return { message: { type: raw.type, ...result.data } as FromSurface };
  const issue = result.error.issues[0];
  // Paths and codes only: what a surface sent may hold what the person typed.
  return { complaint: `${raw.type}.${issue?.path.join('.') ?? ''}: ${issue?.code ?? 'invalid'}` };
}

function isKnown(type: unknown): type is keyof Table {
  return typeof type === 'string' && Object.hasOwn(fromSurface, type);
}
