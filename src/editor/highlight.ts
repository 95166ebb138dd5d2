import * as vscode from 'vscode';

/** An editor as far as something can be highlighted in it. */
type Highlighted = Pick<vscode.TextEditor, 'setDecorations'>;

/** Milliseconds. */
export interface HighlightTimings {
  /** At full strength: long enough to be found. */
  readonly holdMs: number;
  /** The same with a note, which wants to be read. */
  readonly holdWithNoteMs: number;
  /** From full strength to nothing. */
  readonly fadeMs: number;
}

export const HIGHLIGHT_TIMINGS: HighlightTimings = { holdMs: 1_500, holdWithNoteMs: 4_000, fadeMs: 2_500 };

/** Contributed in package.json, so that themes and people can change it. */
const COLOUR = 'var(--vscode-talkthrough-highlightBackground)';

/** High-contrast themes draw lines around what others only colour. */
const BORDER = 'var(--vscode-contrastActiveBorder, transparent)';

/** VS Code can only put a decoration in the place of another: so many are enough that no step is seen. */
const STEPS = 10;

/**
 * Shows lines that are spoken of: a soft colour that fades, so that nothing has to be cleared away. One at a time, since one
 * thing is spoken of at a time.
 */
export class Highlight implements vscode.Disposable {
  readonly #timings: HighlightTimings;
  /** From full strength to nearly none. */
  readonly #steps: readonly vscode.TextEditorDecorationType[];
  readonly #note: vscode.TextEditorDecorationType;
  #shown: { readonly editor: Highlighted; readonly faded: () => void } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(timings: HighlightTimings = HIGHLIGHT_TIMINGS) {
    this.#timings = timings;
    this.#steps = Array.from({ length: STEPS }, (_, step) =>
      vscode.window.createTextEditorDecorationType(lineStyle(100 - (100 / STEPS) * step)),
    );
    this.#note = vscode.window.createTextEditorDecorationType({});
  }

  /**
   * @param lines all of each is coloured
   * @param note behind the first of them
   * @returns when it has faded, or another has taken its place
   */
  show(editor: Highlighted, lines: vscode.Range, note = ''): Promise<void> {
    this.clear();
    const { holdMs, holdWithNoteMs, fadeMs } = this.#timings;
    return new Promise((faded) => {
      this.#shown = { editor, faded };
      if (note !== '') editor.setDecorations(this.#note, [noteAt(lines, note)]);
      this.#fade(editor, lines, 0, note === '' ? holdMs : holdWithNoteMs, fadeMs / STEPS);
    });
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const shown = this.#shown;
    this.#shown = undefined;
    if (shown === undefined) return;
    for (const step of [...this.#steps, this.#note]) shown.editor.setDecorations(step, []);
    shown.faded();
  }

  dispose(): void {
    this.clear();
    for (const step of [...this.#steps, this.#note]) step.dispose();
  }

  #fade(editor: Highlighted, lines: vscode.Range, step: number, waitMs: number, stepMs: number): void {
    const style = this.#steps[step];
    if (style === undefined) {
      this.clear();
      return;
    }
    editor.setDecorations(style, [lines]);
    const before = this.#steps[step - 1];
    if (before !== undefined) editor.setDecorations(before, []);
    this.#timer = setTimeout(() => this.#fade(editor, lines, step + 1, stepMs, stepMs), waitMs);
  }
}

/** @param percent of its full strength */
function lineStyle(percent: number): vscode.DecorationRenderOptions {
  const faded = (colour: string): string => `color-mix(in srgb, ${colour} ${percent}%, transparent)`;
  return {
    isWholeLine: true,
    backgroundColor: faded(COLOUR),
    borderColor: faded(BORDER),
    borderStyle: 'solid',
    borderWidth: '0 0 0 2px',
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  };
}

function noteAt({ start }: vscode.Range, note: string): vscode.DecorationOptions {
  const endOfLine = new vscode.Position(start.line, Number.MAX_SAFE_INTEGER);
  return {
    range: new vscode.Range(endOfLine, endOfLine),
    renderOptions: {
      after: {
        contentText: note,
        color: new vscode.ThemeColor('editorCodeLens.foreground'),
        fontStyle: 'italic',
        margin: '0 0 0 2em',
      },
    },
  };
}
