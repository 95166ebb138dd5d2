/** One line of the table. */
export interface Finding {
  readonly what: string;
  /** In words, as anchors of the field state them. */
  readonly goal: string;
  readonly found: string;
  readonly met: boolean;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Nearest rank; `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function printFindings(title: string, findings: readonly Finding[]): void {
  const width = (of: (finding: Finding) => string, header: string): number =>
    Math.max(header.length, ...findings.map((finding) => of(finding).length));
  const [what, goal, found] = [
    width((finding) => finding.what, title),
    width((finding) => finding.goal, 'goal'),
    width((finding) => finding.found, 'found'),
  ];
  console.log(`\n${title.padEnd(what)}  ${'goal'.padEnd(goal)}  ${'found'.padEnd(found)}`);
  for (const finding of findings) {
    const verdict = finding.met ? 'met' : 'MISSED';
    console.log(
      `${finding.what.padEnd(what)}  ${finding.goal.padEnd(goal)}  ${finding.found.padEnd(found)}  ${verdict}`,
    );
  }
}
