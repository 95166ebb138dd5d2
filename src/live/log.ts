import type { Redact } from './redact.ts';

/** Where a session writes. VS Code's `LogOutputChannel` fits as it is. */
export interface LiveLog {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A log that never sees a secret: every line goes through `redact` first. */
export function redactingLog(log: LiveLog, redact: Redact): LiveLog {
  return {
    debug: (message) => log.debug(redact(message)),
    info: (message) => log.info(redact(message)),
    warn: (message) => log.warn(redact(message)),
    error: (message) => log.error(redact(message)),
  };
}
