import { MAX_TYPED_LENGTH } from '../protocol/messages.ts';

/**
 * What the model is told of a Mermaid diagram: its source, which it reads better than a picture of it.
 *
 * @returns nothing when it is longer than a person may say at once
 */
export function mermaidQuestion(name: string, source: string): string | undefined {
  const text = `I show you the diagram "${name}" as its Mermaid source. Say in one sentence what it shows.\n\n${source.trim()}`;
  return text.length <= MAX_TYPED_LENGTH ? text : undefined;
}
