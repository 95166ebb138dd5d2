// What a client may send once the session is set up, beyond its shape.
import { isObject, listAt, objectAt, stringAt, type JsonObject } from './json-value.ts';
import type { LiveModel } from './models.ts';
import { imageSize } from './picture.ts';
import { invalidArgument } from './reasons.ts';

export interface Picture {
  mimeType: string;
  bytes: Buffer;
  widthPx: number;
  heightPx: number;
}

export interface RealtimeInput {
  audio?: { bytes: Buffer; rateHz: number };
  picture?: Picture;
  text?: string;
  activityStart: boolean;
  activityEnd: boolean;
  audioStreamEnd: boolean;
}

const DEFAULT_INPUT_RATE_HZ = 16_000;
const INPUT_RATE_RANGE_HZ = { min: 8_000, max: 48_000 };

function readBlob(blob: JsonObject): { mimeType: string; bytes: Buffer } {
  const mimeType = stringAt(blob, 'mimeType');
  const data = stringAt(blob, 'data');
  if (mimeType === undefined || data === undefined) throw invalidArgument();
  return { mimeType, bytes: Buffer.from(data, 'base64') };
}

function readAudio(blob: JsonObject): { bytes: Buffer; rateHz: number } {
  const { mimeType, bytes } = readBlob(blob);
  const [type, ...parameters] = mimeType.split(';').map((each) => each.trim().toLowerCase());
  if (type !== 'audio/pcm' || bytes.length === 0 || bytes.length % 2 !== 0) throw invalidArgument();
  const rate = parameters.find((parameter) => parameter.startsWith('rate='))?.slice('rate='.length);
  const rateHz = rate === undefined ? DEFAULT_INPUT_RATE_HZ : Number(rate);
  const { min, max } = INPUT_RATE_RANGE_HZ;
  if (!Number.isInteger(rateHz) || rateHz < min || rateHz > max) throw invalidArgument();
  return { bytes, rateHz };
}

function readPicture(blob: JsonObject): Picture {
  const { mimeType, bytes } = readBlob(blob);
  const size = imageSize(mimeType, bytes);
  if (!size) throw invalidArgument();
  return { mimeType, bytes, ...size };
}

/**
 * @param automaticDetection whether the server finds speech by itself; activityStart and activityEnd only exist without
 * it, audioStreamEnd only with it (proto comments on BidiGenerateContentRealtimeInput)
 */
export function readRealtimeInput(input: JsonObject, automaticDetection: boolean): RealtimeInput {
  const activityStart = isObject(input['activityStart']);
  const activityEnd = isObject(input['activityEnd']);
  const audioStreamEnd = input['audioStreamEnd'] === true;
  if (Object.keys(input).length === 0) throw invalidArgument();
  if (automaticDetection ? activityStart || activityEnd : audioStreamEnd) throw invalidArgument();
  const result: RealtimeInput = { activityStart, activityEnd, audioStreamEnd };
  const audio = objectAt(input, 'audio');
  if (audio) result.audio = readAudio(audio);
  const video = objectAt(input, 'video');
  if (video) result.picture = readPicture(video);
  // "Multiple media_chunks are not supported, all but the first will be ignored": deprecated, but taken.
  const [chunk] = listAt(input, 'mediaChunks');
  if (isObject(chunk)) {
    if (stringAt(chunk, 'mimeType')?.startsWith('audio/')) result.audio = readAudio(chunk);
    else result.picture = readPicture(chunk);
  }
  const text = stringAt(input, 'text');
  if (text !== undefined) result.text = text;
  return result;
}

export interface ClientContent {
  turns: JsonObject[];
  turnComplete: boolean;
  /** The text of all user turns in it. */
  userText: string;
  pictures: Picture[];
}

export function readClientContent(content: JsonObject): ClientContent {
  const turns = listAt(content, 'turns').filter(isObject);
  const pictures: Picture[] = [];
  const texts: string[] = [];
  for (const turn of turns) {
    const role = stringAt(turn, 'role');
    if (role !== undefined && role !== 'user' && role !== 'model') throw invalidArgument();
    const parts = listAt(turn, 'parts');
    if (parts.length === 0) throw invalidArgument();
    for (const part of parts) {
      const text = stringAt(part, 'text');
      if (text !== undefined && role !== 'model') texts.push(text);
      const blob = objectAt(part, 'inlineData');
      if (blob && stringAt(blob, 'mimeType')?.startsWith('image/')) pictures.push(readPicture(blob));
    }
  }
  return { turns, turnComplete: content['turnComplete'] === true, userText: texts.join(' '), pictures };
}

export interface FunctionResponse {
  id: string;
  name: string;
  response: JsonObject;
  scheduling?: string;
  willContinue: boolean;
}

/** The shape is checked already; an id is required, and `response` is (docs/live-api.md, "What a client may send"). */
export function readToolResponse(toolResponse: JsonObject, model: LiveModel): FunctionResponse[] {
  const responses = listAt(toolResponse, 'functionResponses');
  if (responses.length === 0) throw invalidArgument();
  return responses.map((each) => {
    const id = stringAt(each, 'id');
    const response = objectAt(each, 'response');
    if (id === undefined || id === '' || !response) throw invalidArgument();
    const scheduling = stringAt(each, 'scheduling');
    if (scheduling !== undefined && !model.scheduling) throw invalidArgument();
    return {
      id,
      name: stringAt(each, 'name') ?? '',
      response,
      willContinue: isObject(each) && each['willContinue'] === true,
      ...(scheduling === undefined ? {} : { scheduling }),
    };
  });
}
