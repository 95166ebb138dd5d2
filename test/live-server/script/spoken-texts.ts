// What a script will have spoken: it is synthesised beforehand, so that no conversation waits for the synthesiser.
import type { ReplyContent } from './actions.ts';
import type { ConnectionScript } from './script.ts';

/** The replies of a script that are spoken, each with the voice it names, if any. */
export function spokenTexts(script: ConnectionScript): { text: string; voice: string | undefined }[] {
  const replies: (ReplyContent | undefined)[] = (script.steps ?? []).flatMap(({ reply }) => [
    reply,
    ...(reply?.during ?? []).map((during) => during.reply),
  ]);
  return replies.flatMap((reply) => {
    if (!reply || !('say' in reply) || reply.say === '') return [];
    return [{ text: reply.say, voice: reply.voice }];
  });
}
