import type { LogOutputChannel } from 'vscode';
import type { LiveLog } from '../live/log.ts';

/** The session's log lines in Talkthrough's output channel. The session has taken out secrets before they come here. */
export function liveLog(channel: LogOutputChannel): LiveLog {
  return {
    debug: (line) => channel.debug(line),
    info: (line) => channel.info(line),
    warn: (line) => channel.warn(line),
    error: (line) => channel.error(line),
  };
}
