import * as vscode from 'vscode';
import type { PictureRead } from '../documents/picture-file.ts';
import { shownDiagram, type ShownDiagram } from '../documents/shown-diagram.ts';
import { t } from '../problems/l10n.ts';
import {
  pictureFailure,
  pictureProblem,
  type PictureAction,
  type PictureFailure,
  type PictureWords,
} from '../problems/picture-problems.ts';
import type { SurfaceHub } from '../surface/hub.ts';
import { revealView } from '../surface/panel-view.ts';
import type { SessionController } from '../talk/session-controller.ts';
import type { SessionSharing } from '../talk/sharing/session-sharing.ts';
import { MAX_TYPED_LENGTH } from '../protocol/limits.ts';
import { MERMAID_EXTENSIONS } from '../documents/mermaid-source.ts';
import { PICTURE_EXTENSIONS } from '../documents/picture-type.ts';
import { registerCommand } from './register-command.ts';
import type { ShareCommands } from './share-commands.ts';

interface ShowParts {
  readonly prefix: string;
  readonly controller: SessionController;
  readonly sharing: SessionSharing;
  readonly hub: SurfaceHub;
  /** Another way to show the same. */
  readonly shareCommands: ShareCommands;
}

/** Each is a picture in the model's context, and a person who selects a whole folder means something else. */
const MAX_AT_ONCE = 10;

/** Showing one thing once: a picture file, or the diagram that an editor or preview shows. */
export class ShowCommands {
  readonly #parts: ShowParts;
  readonly #registered: vscode.Disposable[];

  constructor(parts: ShowParts) {
    this.#parts = parts;
    const { prefix } = parts;
    // The explorer gives what was clicked, and all that was selected.
    const showFiles = (clicked: unknown, selected: unknown) => this.showImages(urisIn(selected) ?? urisIn([clicked]));
    this.#registered = [
      registerCommand(prefix, 'showImage', showFiles),
      registerCommand(prefix, 'showFile', showFiles),
      // The title of an editor gives what that editor shows.
      registerCommand(prefix, 'showDiagram', async (shownIn) => this.#show(await shownDiagram(urisIn([shownIn])?.[0]))),
      parts.controller.parts.shares.stills.onDidFail(({ name, reason }) => {
        if (reason !== 'sent') this.#notShown(name, pictureFailure(reason));
      }),
    ];
  }

  dispose(): void {
    for (const one of this.#registered) one.dispose();
  }

  /** Shows files, one after the other; asks which where none is given. */
  async showImages(given?: readonly vscode.Uri[]): Promise<void> {
    const files = given ?? (await choosePictures()) ?? [];
    for (const uri of files.slice(0, MAX_AT_ONCE)) {
      if (!(await this.#show(await shownDiagram(uri)))) return;
    }
    if (files.length > MAX_AT_ONCE) {
      void vscode.window.showInformationMessage(`The first ${MAX_AT_ONCE} of ${files.length} files were shown.`);
    }
  }

  /** @returns whether more may follow it; the person is told why where it was not shown */
  async #show(diagram: ShownDiagram): Promise<boolean> {
    const parts = this.#parts;
    switch (diagram.kind) {
      case 'picture':
        return this.#send(diagram.name, diagram.read);
      case 'unsaved':
        return (await askToSave(diagram.name, diagram.uri)) && (await this.#send(diagram.name, diagram.read));
      case 'mermaid': {
        const question = mermaidQuestion(diagram.name, diagram.source);
        if (question === undefined) {
          this.#notShown(diagram.name, { code: 'too-long' });
          return true;
        }
        await revealView(parts.hub);
        await parts.controller.type(question);
        return true;
      }
      case 'none':
        this.#notShown(diagram.name, diagram.failure);
        return true;
    }
  }

  async #send(name: string, read: () => Promise<PictureRead>): Promise<boolean> {
    const found = await read();
    if (found.kind === 'failed') {
      this.#notShown(name, found.failure);
      return true;
    }
    // It shows the picture that was sent.
    await revealView(this.#parts.hub);
    const progress = { location: { viewId: 'talkthrough.conversation' } };
    const outcome = await vscode.window.withProgress(progress, () => this.#parts.sharing.showStill(found.file));
    if (outcome !== 'sent') this.#notShown(name, pictureFailure(outcome));
    return outcome !== 'no-session' && outcome !== 'no-line';
  }

  #notShown(name: string, failure: PictureFailure): void {
    void this.#offer(pictureProblem(name, failure));
  }

  async #offer(problem: PictureWords): Promise<void> {
    switch (await askInstead(problem)) {
      case 'chooseImage':
        return this.showImages();
      case 'shareScreen':
        return this.#parts.shareCommands.share('screen');
      case undefined:
        return;
    }
  }
}

/** The addresses among what a menu hands over; nothing where there are none. */
function urisIn(given: unknown): vscode.Uri[] | undefined {
  const uris = Array.isArray(given) ? given.filter((one) => one instanceof vscode.Uri) : [];
  return uris.length === 0 ? undefined : uris;
}

/**
 * What the model is told of a Mermaid diagram: its source, which it reads better than a picture of it.
 *
 * @returns nothing when it is longer than a person may say at once
 */
function mermaidQuestion(name: string, source: string): string | undefined {
  const text = `I show you the diagram "${name}" as its Mermaid source. Say in one sentence what it shows.\n\n${source.trim()}`;
  return text.length <= MAX_TYPED_LENGTH ? text : undefined;
}

/** Asks which picture files to show. Nothing when the person gave up. */
async function choosePictures(): Promise<readonly vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    title: 'Show Image',
    openLabel: 'Show',
    canSelectMany: true,
    filters: { 'Pictures and diagrams': [...PICTURE_EXTENSIONS, ...MERMAID_EXTENSIONS] },
  });
}

/** Says why something was not shown. Resolves with what the person does instead, once they have decided. */
async function askInstead({ sentence, buttons }: PictureWords): Promise<PictureAction | undefined> {
  const picked = await vscode.window.showErrorMessage(sentence, ...buttons.map(({ label }) => label));
  return buttons.find(({ label }) => label === picked)?.action;
}

/** Asks what to do with changes that only their editor knows. True when the file can be shown as it is now on disk. */
async function askToSave(name: string, uri: vscode.Uri): Promise<boolean> {
  const SAVE = t('Save and Show');
  const AS_SAVED = t('Show as Last Saved');
  const sentence = t('“{name}” has unsaved changes, and only saved content can be shown.', { name });
  const picked = await vscode.window.showInformationMessage(sentence, SAVE, AS_SAVED);
  if (picked === SAVE) return (await vscode.workspace.save(uri)) !== undefined;
  return picked === AS_SAVED;
}
