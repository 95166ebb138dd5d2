/**
 * Works on several items at once and tells the results in the items' order. Ends the source when the caller stops asking.
 *
 * @param atOnce how many are worked on while the first of them is waited for
 */
export async function* inOrder<Item, Result>(
  source: AsyncGenerator<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const working: Promise<Result>[] = [];
  for await (const item of source) {
    const result = work(item);
    // It is told when its turn comes; until then nobody listens.
    result.catch(() => undefined);
    working.push(result);
    if (working.length < atOnce) continue;
    const [first] = working.splice(0, 1);
    if (first !== undefined) yield await first;
  }
  for (const result of working) yield await result;
}
