/** Emits the objects that are new in a list or have a new status. Growing text is not emitted. */
export function emitSnapshots<T extends { id: string; status: string }>(
  before: readonly T[],
  after: readonly T[],
  emit: ((object: T) => void) | undefined,
): void {
  if (!emit || before === after) return;
  after.forEach((object, index) => {
    const known = before[index];
    if (known !== object && (known === undefined || known.status !== object.status)) emit(object);
  });
}
