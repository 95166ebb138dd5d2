/** A duration as people say it: "42 seconds", "3 minutes", "1 hour 5 minutes". Rounded to what matters at its size. */
export function spokenDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  if (seconds < 60) return count(seconds, 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return count(minutes, 'minute');
  const rest = minutes % 60;
  return count(Math.floor(minutes / 60), 'hour') + (rest === 0 ? '' : ` ${count(rest, 'minute')}`);
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
