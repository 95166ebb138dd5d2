/**
 * Whether the browser may be asked for the microphone yet. Where it would put its question to the person, it is only asked
 * after a click in this document: a question out of nowhere is refused. Where the answer is known, nobody has to click.
 */
export class MicrophoneConsent {
  readonly #changes = new EventTarget();
  #given = false;

  /** The person has clicked. It holds for as long as this document lives. */
  give(): void {
    this.#given = true;
    this.#changes.dispatchEvent(new Event('given'));
  }

  /**
   * Settles when the browser may be asked, or when the request is withdrawn.
   *
   * @param onWait called when it takes a click
   */
  async untilGiven(signal: AbortSignal, onWait: () => void): Promise<void> {
    if (this.#given) return;
    const permission = await microphonePermission();
    if (this.#isGiven() || signal.aborted || isDecided(permission)) return;
    onWait();
    await new Promise<void>((resolve) => {
      this.#changes.addEventListener('given', () => resolve(), { once: true, signal });
      permission?.addEventListener('change', () => isDecided(permission) && resolve(), { signal });
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** A function, because a click may come during an await, which the compiler's narrowing does not see. */
  #isGiven(): boolean {
    return this.#given;
  }
}

/** Undefined where the browser does not tell. */
async function microphonePermission(): Promise<PermissionStatus | undefined> {
  try {
    return await navigator.permissions.query({ name: 'microphone' });
  } catch {
    return undefined;
  }
}

function isDecided(permission: PermissionStatus | undefined): boolean {
  return permission !== undefined && permission.state !== 'prompt';
}
