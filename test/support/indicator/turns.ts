/** What `act` gives for each item, one after the other. */
export async function inTurn<Item, Result>(
  items: Iterable<Item>,
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  // oxlint-disable-next-line no-await-in-loop -- a page can do one thing at a time
  for (const item of items) results.push(await act(item));
  return results;
}
