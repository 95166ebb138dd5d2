import type { FunctionResponseScheduling, GoogleGenAIOptions, Live, Session } from '@google/genai';
import type { AuthClient } from 'google-auth-library';
import type { LiveCredentials } from '../settings.ts';
import { enumValue } from '../wire/json.ts';
import type { Control } from '../uplink/uplink.ts';

export interface SdkSocket {
  connect(): void;
  send(message: string): void;
  close(): void;
}

export interface SdkSocketCallbacks {
  onopen(): void;
  onerror(event: { readonly message: string }): void;
  onmessage(event: { readonly data: string }): void;
  onclose(event: { readonly code: number; readonly reason: string }): void;
}

export interface SdkSocketFactory {
  create(url: string, headers: Record<string, string>, callbacks: SdkSocketCallbacks): SdkSocket;
}

export type LiveClient = Live;
export type SdkSession = Session;

/** Written out so that no environment variable sends the key elsewhere. */
const GEMINI_URL = 'https://generativelanguage.googleapis.com/';
const vertexUrl = (location: string) =>
  location === 'us' || location === 'eu'
    ? `https://aiplatform.${location}.rep.googleapis.com/`
    : `https://${location}-aiplatform.googleapis.com/`;

/**
 * Loads the SDK, which takes about 100 ms, and makes a client whose sockets come from `factory`.
 *
 * The Gemini API is pinned to v1beta: with v1, the SDK's default, Live fails at the handshake.
 */
export async function createLiveClient(
  credentials: LiveCredentials,
  baseUrl: string,
  authClient: AuthClient | undefined,
  factory: SdkSocketFactory,
): Promise<LiveClient> {
  const { GoogleGenAI } = await import('@google/genai');
  const { live } = new GoogleGenAI(clientOptions(credentials, baseUrl, authClient));
  replaceSocketFactory(live, factory);
  return live;
}

function clientOptions(
  credentials: LiveCredentials,
  baseUrl: string,
  authClient: AuthClient | undefined,
): GoogleGenAIOptions {
  switch (credentials.kind) {
    case 'gemini':
      return {
        vertexai: false,
        apiKey: credentials.apiKey,
        apiVersion: 'v1beta',
        httpOptions: { baseUrl: baseUrl || GEMINI_URL },
      };
    case 'vertex': {
      const { project, location } = credentials;
      return {
        vertexai: true,
        project,
        location,
        apiVersion: 'v1beta1',
        httpOptions: { baseUrl: baseUrl || vertexUrl(location) },
        ...(authClient === undefined ? {} : { googleAuthOptions: { authClient } }),
      };
    }
  }
}

/**
 * The SDK gives no access to its socket, and so no timeout and no close code. Its factory is a private field, so a test
 * watches it.
 */
export function replaceSocketFactory(live: object, factory: SdkSocketFactory): void {
  // The field is private in the SDK's types only; the check below makes the cast safe.
  const holder = live as { webSocketFactory?: { create?: unknown } };
  if (typeof holder.webSocketFactory?.create !== 'function') {
    throw new Error('@google/genai no longer has a WebSocket factory that can be replaced');
  }
  holder.webSocketFactory = factory;
}

export function sendControl(session: SdkSession, control: Exclude<Control, { type: 'still' }>): void {
  switch (control.type) {
    case 'text': {
      const { path, text, notes } = control;
      if (path === 'realtimeInput') session.sendRealtimeInput({ text: [...notes, text].join('\n\n') });
      else session.sendClientContent({ turns: [userTurn([...notes, text])], turnComplete: true });
      return;
    }
    case 'notes':
      session.sendClientContent({ turns: [userTurn(control.notes)], turnComplete: false });
      return;
    case 'endTurn':
      session.sendClientContent({ turnComplete: true });
      return;
    case 'toolAnswer':
      // The SDK's classes for these carry nothing but their fields, and their values would load the SDK with this file.
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
      session.sendToolResponse({ functionResponses: [functionResponse(control)] });
  }
}

const userTurn = (texts: readonly string[]) => ({ role: 'user', parts: texts.map((text) => ({ text })) });

function functionResponse({ id, name, response, scheduling }: Extract<Control, { type: 'toolAnswer' }>) {
  if (scheduling === undefined) return { id, name, response };
  return { id, name, response, scheduling: enumValue<FunctionResponseScheduling>(scheduling) };
}
