import { asList, asRecord, type WireRecord } from './json.ts';

/** Something here acts on these fields. The log names all others. */
const ACTED_ON = {
  message: new Set(
    'setupComplete serverContent usageMetadata toolCall toolCallCancellation sessionResumptionUpdate goAway voiceActivity voiceActivityDetectionSignal interactionStatus'.split(
      ' ',
    ),
  ),
  content: new Set(
    'modelTurn turnComplete turnCompleteReason interrupted generationComplete waitingForInput inputTranscription interimInputTranscription outputTranscription interactionStatus groundingMetadata'.split(
      ' ',
    ),
  ),
  transcription: new Set(['text', 'finished', 'words']),
  part: new Set(['text', 'thought', 'inlineData']),
};

/** A service that makes up names without end must not fill memory and log. */
const MAX_NAMES = 50;
const MAX_NAME_LENGTH = 60;

/** Names and never values, as paths: `serverContent.urlContextMetadata`. */
export function unreadFields(message: WireRecord): string[] {
  const names = others(message, ACTED_ON.message, '');
  const content = asRecord(message['serverContent']);
  if (content === undefined) return names;
  names.push(...others(content, ACTED_ON.content, 'serverContent.'));
  for (const field of ['inputTranscription', 'interimInputTranscription', 'outputTranscription']) {
    names.push(...others(asRecord(content[field]), ACTED_ON.transcription, `serverContent.${field}.`));
  }
  for (const part of asList(asRecord(content['modelTurn'])?.['parts'])) {
    names.push(...others(asRecord(part), ACTED_ON.part, 'serverContent.modelTurn.parts.'));
  }
  return names;
}

function others(record: WireRecord | undefined, actedOn: ReadonlySet<string>, path: string): string[] {
  return Object.keys(record ?? {}).flatMap((name) =>
    actedOn.has(name) ? [] : [path + name.slice(0, MAX_NAME_LENGTH)],
  );
}

/** Remembers names, so that each is told once in a session. */
export class MetNames {
  readonly #met = new Set<string>();

  /** @returns the new ones, or none when very many are known */
  meet(names: readonly string[]): string[] {
    const fresh: string[] = [];
    for (const name of names) {
      if (this.#met.has(name) || this.#met.size >= MAX_NAMES) continue;
      this.#met.add(name);
      fresh.push(name);
    }
    return fresh;
  }
}
