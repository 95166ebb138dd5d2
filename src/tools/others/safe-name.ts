/** Most characters of a function's name that Live models take. */
const MAX_LENGTH = 64;
const PREFIX = 'other_';

/**
 * Names under which tools of others are offered: letters, digits and underscores, none twice, none like one of ours.
 *
 * @returns in the order of `names`
 */
export function safeNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = `${PREFIX}${name.replace(/\W/g, '_')}`.slice(0, MAX_LENGTH);
    let safe = plain;
    for (let count = 2; taken.has(safe); count += 1) safe = `${plain.slice(0, MAX_LENGTH - 4)}_${count}`;
    taken.add(safe);
    return safe;
  });
}
