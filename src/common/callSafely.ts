import { reportError } from './reportError.js';

/** Calls a callback of the app, if there is one. Reports what it throws as an uncaught error instead of throwing it. */
export function callSafely<Args extends readonly unknown[]>(
  callback: ((...args: Args) => void) | undefined,
  ...args: Args
): void {
  try {
    callback?.(...args);
  } catch (error) {
    reportError(error);
  }
}
