/** Where a session writes. VS Code's `LogOutputChannel` fits as it is. */
export interface LiveLog {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
