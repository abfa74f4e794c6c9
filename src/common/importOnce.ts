/**
 * Returns a function that imports a module with its first call, and returns the same promise from later calls. A failed import
 * is not kept: the next call tries again.
 */
export function importOnce<Module>(importModule: () => Promise<Module>): () => Promise<Module> {
  let pending: Promise<Module> | undefined;
  return () => {
    if (pending !== undefined) return pending;
    const started = importModule();
    pending = started;
    started.catch(() => {
      pending = undefined;
    });
    return started;
  };
}
