/**
 * Runs `work` while holding the lock file at `path` (absolute); waits for another living process that holds it.
 * Throws when another process holds it for longer than 20 minutes.
 */
export function withLock<T>(path: string, work: () => Promise<T>): Promise<T>;
