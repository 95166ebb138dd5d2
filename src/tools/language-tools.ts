import type { EditorPointer } from '../editor/editor-pointer.ts';
import { documentOutline } from './document-outline.ts';
import { editorState } from './editor-state.ts';
import { findReferences } from './find-references.ts';
import { findSymbol } from './find-symbol.ts';
import type { Gate } from '../gate/gate.ts';
import { goToDefinition } from './go-to-definition.ts';
import { hover } from './hover.ts';
import { problems } from './problems.ts';
import { reveal } from './reveal.ts';
import type { Tool } from './tool.ts';

/** What the editor and its language servers know, and the finger that points at it. */
export function languageTools(gate: Gate, pointer: Pick<EditorPointer, 'point'>): readonly Tool[] {
  return [
    editorState(gate),
    findSymbol(gate),
    goToDefinition(gate),
    findReferences(gate),
    hover(gate),
    documentOutline(gate),
    problems(gate),
    reveal(gate, pointer),
  ];
}
