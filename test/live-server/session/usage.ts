// usageMetadata of one turn: the whole context again, and the reply (docs/live-api.md, "Tokens and usage reports").
import type { JsonObject } from '../wire/json-value.ts';
import type { Service } from '../wire/protos.ts';
import { AUDIO_TOKENS_PER_SECOND, type Conversation } from './conversation.ts';
import type { Random } from './random.ts';

/** Details fall 25 to 51 tokens short of the total (docs/live-api.md, "Tokens and usage reports"). */
const DETAILS_SHORTFALL = { from: 25, to: 51 };

export interface SpokenAmount {
  audioMs: number;
  textTokens: number;
  thoughtTokens: number;
}

/** @param conversation as it was before the reply was added */
export function usageMetadata(
  conversation: Conversation,
  spoken: SpokenAmount,
  service: Service,
  random: Random,
): JsonObject {
  const heard = conversation.tokens(['speech']);
  const written = conversation.tokens(['text', 'tool']);
  const seen = conversation.tokens(['picture']);
  const overhead = random.integer(DETAILS_SHORTFALL.from, DETAILS_SHORTFALL.to);
  const promptTokenCount = heard + written + seen + overhead;
  const audioTokens = Math.ceil((spoken.audioMs / 1000) * AUDIO_TOKENS_PER_SECOND);
  const replyTokens = audioTokens + spoken.textTokens;
  const details = (counts: Record<string, number>) =>
    Object.entries(counts)
      .filter(([, tokenCount]) => tokenCount > 0)
      .map(([modality, tokenCount]) => ({ modality, tokenCount }));
  const promptTokensDetails = details({ TEXT: written, AUDIO: heard, IMAGE: seen });
  const replyDetails = details({ TEXT: spoken.textTokens, AUDIO: audioTokens });
  return {
    promptTokenCount,
    ...(service === 'vertex'
      ? { candidatesTokenCount: replyTokens, candidatesTokensDetails: replyDetails, trafficType: 'ON_DEMAND' }
      : { responseTokenCount: replyTokens, responseTokensDetails: replyDetails }),
    // totalTokenCount excludes thoughts.
    totalTokenCount: promptTokenCount + replyTokens,
    promptTokensDetails,
    ...(spoken.thoughtTokens > 0 ? { thoughtsTokenCount: spoken.thoughtTokens } : {}),
  };
}
