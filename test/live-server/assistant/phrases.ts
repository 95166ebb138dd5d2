// How the modest assistant words what it measured.

/** `1 picture`, `2 pictures`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Seconds with one decimal, as they are read aloud well. */
export function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} seconds`;
}

/** Speech close to a microphone lies around -20 dB below full scale. */
export function loudness(levelDbfs: number): string {
  if (levelDbfs > -14) return 'very loud';
  if (levelDbfs > -26) return 'at a good level';
  if (levelDbfs > -40) return 'rather quiet';
  return 'very quiet';
}

/** What the pictures were, grouped by size: `12 of 768 by 432 pixels and 1 of 640 by 480 pixels`. */
export function pictureSizes(sizes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  return [...counts].map(([size, count]) => `${count} of ${size} pixels`).join(' and ');
}
