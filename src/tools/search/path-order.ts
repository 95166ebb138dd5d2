/** Folder by folder, each by its names: so that a list is the same whoever made it, and can be gone on with. */
export function byPath(one: string, other: string): number {
  const names = one.split('/');
  const others = other.split('/');
  for (let i = 0; i < names.length && i < others.length; i += 1) {
    const name = names[i] ?? '';
    const otherName = others[i] ?? '';
    if (name !== otherName) return name < otherName ? -1 : 1;
  }
  return names.length - others.length;
}
