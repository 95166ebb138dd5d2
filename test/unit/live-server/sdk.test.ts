import assert from 'node:assert/strict';
import {
  FunctionResponse,
  GoogleGenAI,
  LiveSendToolResponseParameters,
  Modality,
  type LiveServerMessage,
  type Session,
} from '@google/genai';
import { OAuth2Client } from 'google-auth-library';
import { afterEach, describe, it } from 'mocha';
import {
  LOCAL_ACCESS_TOKEN,
  LOCAL_API_KEY,
  pcm16ToBytes,
  speak,
  startLiveServer,
  timeline,
  type LiveServer,
} from '../../live-server/index.ts';

const QUICK = { timesRealTime: 100, turnComplete: 'early' } as const;

interface Conversation {
  session: Session;
  messages: LiveServerMessage[];
}

describe("Google's own SDK", () => {
  let server: LiveServer;
  afterEach(async () => server.close());

  async function converse(ai: GoogleGenAI): Promise<Conversation> {
    const messages: LiveServerMessage[] = [];
    const session = await ai.live.connect({
      model: 'gemini-3.8-live',
      config: {
        responseModalities: [Modality.AUDIO],
        systemInstruction: 'Be brief.',
        inputAudioTranscription: {},
        outputAudioTranscription: {},
        sessionResumption: {},
        contextWindowCompression: { triggerTokens: '25000', slidingWindow: { targetTokens: '8000' } },
        tools: [{ functionDeclarations: [{ name: 'read', description: 'Reads a file.' }] }],
      },
      callbacks: { onmessage: (message) => messages.push(message) },
    });
    const { pcm16 } = await speak('What is this?', { rateHz: 16_000, voice: 'en' });
    const microphone = timeline([300, pcm16, 900], 16_000);
    for (let at = 0; at < microphone.length; at += 640) {
      const data = pcm16ToBytes(microphone.subarray(at, at + 640)).toString('base64');
      session.sendRealtimeInput({ audio: { data, mimeType: 'audio/pcm;rate=16000' } });
    }
    const { calls } = await server.next('tool-call');
    for (const { id, name } of calls) {
      const answer = new FunctionResponse();
      Object.assign(answer, { id, name, response: { text: 'shelf' } });
      const parameters = new LiveSendToolResponseParameters();
      parameters.functionResponses = [answer];
      session.sendToolResponse(parameters);
    }
    await server.next('reply-finished');
    session.sendClientContent({ turns: 'And this?' });
    await server.next('reply-finished');
    session.close();
    const { code, by } = await server.next('closed');
    assert.deepEqual([code, by], [1005, 'client']);
    return { session, messages };
  }

  async function start(): Promise<void> {
    server = await startLiveServer({
      delivery: QUICK,
      script: {
        connections: [
          {
            steps: [
              { on: 'speech', hear: 'What is this?', toolCall: { name: 'read' } },
              { on: 'tool-response', reply: { say: 'A shelf.' } },
              { on: 'text', contains: 'and this', reply: { say: 'A chair.' } },
            ],
          },
        ],
      },
    });
  }

  function transcript(messages: readonly LiveServerMessage[]): string {
    return messages.map(({ serverContent }) => serverContent?.outputTranscription?.text ?? '').join('');
  }

  it('talks to the Live server as to the Gemini API', async () => {
    await start();
    const httpOptions = { baseUrl: server.baseUrl };
    const { messages } = await converse(new GoogleGenAI({ apiKey: LOCAL_API_KEY, apiVersion: 'v1beta', httpOptions }));
    assert.equal(transcript(messages), 'A shelf.A chair.');
    assert.ok(messages.some(({ usageMetadata }) => (usageMetadata?.responseTokenCount ?? 0) > 0));
    assert.ok(messages.some(({ sessionResumptionUpdate }) => sessionResumptionUpdate?.newHandle !== undefined));
  });

  it('talks to the Live server as to Vertex AI', async () => {
    await start();
    const authClient = new OAuth2Client();
    authClient.setCredentials({ access_token: LOCAL_ACCESS_TOKEN, expiry_date: Date.now() + 3_600_000 });
    const { messages } = await converse(
      new GoogleGenAI({
        vertexai: true,
        project: 'p',
        location: 'us-central1',
        googleAuthOptions: { authClient },
        httpOptions: { baseUrl: server.baseUrl },
      }),
    );
    assert.equal(transcript(messages), 'A shelf.A chair.');
    // Vertex says candidatesTokenCount on the wire; the SDK's converter renames it.
    assert.ok(messages.some(({ usageMetadata }) => (usageMetadata?.responseTokenCount ?? 0) > 0));
  });

  it("learns of a wrong key in Google's words", async () => {
    await start();
    const ai = new GoogleGenAI({ apiKey: 'wrong', apiVersion: 'v1beta', httpOptions: { baseUrl: server.baseUrl } });
    const connecting = ai.live.connect({ model: 'gemini-3.8-live', callbacks: { onmessage: () => undefined } });
    await assert.rejects(connecting, /code 1007.*API key not valid/);
  });

  it('cannot reach Live on v1, its own default', async () => {
    await start();
    const ai = new GoogleGenAI({ apiKey: LOCAL_API_KEY, httpOptions: { baseUrl: server.baseUrl } });
    const connecting = ai.live.connect({ model: 'gemini-3.8-live', callbacks: { onmessage: () => undefined } });
    await assert.rejects(connecting, /Unexpected server response: 404/);
  });
});
