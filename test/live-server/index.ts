// The local Gemini Live server, for tests: what they need of it. A test tells it what happens and reads back what did:
//
//   const server = await startLiveServer({
//     script: { connections: [{ steps: [{ on: 'speech', hear: 'What is this?', reply: { say: 'A shelf.' } }] }] },
//   });
//   … a client connects to server.baseUrl with LOCAL_API_KEY and speaks …
//   const { utterance } = await server.next('utterance');
//   const { reply } = await server.next('reply-finished'); // reply.pcm16, reply.words, reply.transcript
//   server.records[0]?.pcm16;                              // all that came from the microphone
//   server.connection.act({ goAway: { timeLeftMs: 500 } }); // or any other of Actions, at any time
//   await server.close();
export {
  LOCAL_ACCESS_TOKEN,
  LOCAL_API_KEY,
  LiveServer,
  startLiveServer,
  type LiveServerOptions,
} from './api/live-server.ts';
export type { EventOf, EventType, ServerEvent } from './api/events.ts';
export type { KeyCheckAnswer } from './api/key-check.ts';
export type { ConnectionRecord, ReceivedMessage } from './api/record.ts';
export { speak, type Speech, type SpokenWord } from './audio/speak.ts';
export {
  bytesToPcm16,
  decodeWav,
  encodeWav,
  levelDbfs,
  pcm16ToBytes,
  silence,
  timeline,
  type Recording,
} from './audio/wav.ts';
export { resample } from './audio/resample.ts';
export { DEFAULT_DELIVERY, type Actions, type Delivery, type Reply } from './script/actions.ts';
export type { ConnectionScript, LiveScript, Step } from './script/script.ts';
export type { Utterance } from './session/hearing.ts';
export type { ReplyRecord } from './session/reply-record.ts';
export type { ToolCallRecord } from './session/tool-calls.ts';
export { LIVE_MODELS, PREBUILT_VOICES, TEXT_MODEL } from './wire/models.ts';
export { Assistant } from './assistant/assistant.ts';
export { CLOSE } from './wire/reasons.ts';
