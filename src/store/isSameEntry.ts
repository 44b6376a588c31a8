/** Whether two entries say the same, so that the old one can stay. */
export function isSameEntry<Entry extends object>(a: Entry, b: Entry): boolean {
  const fields = Object.entries(a);
  return (
    fields.length === Object.keys(b).length &&
    fields.every(([field, value]) => Object.is(value, Reflect.get(b, field)))
  );
}
