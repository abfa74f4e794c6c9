/** Tells of the objects that have begun or ended between two lists; what grows in between is only in the state. */
export function emitSnapshots<T extends { id: string; status: string }>(
  before: readonly T[],
  after: readonly T[],
  tell: ((object: T) => void) | undefined,
): void {
  if (!tell || before === after) return;
  after.forEach((object, index) => {
    const known = before[index];
    if (known !== object && (known === undefined || known.status !== object.status)) tell(object);
  });
}
