/** Type of the global that bundlers and Node provide. Declared here because browsers have none. */
declare const process: { env: { NODE_ENV?: string } };

const warned = new Set<string>();

/**
 * Logs a warning for developers, once for each cause. Silent in production builds, and on pages that load the package
 * without a bundler.
 *
 * @param cause Identifies the problem: later warnings with the same cause are dropped.
 * @param details Logged after the message, such as the error.
 */
export function warnOnce(cause: string, message: string, details?: unknown): void {
  if (isProduction() || warned.has(cause)) return;
  warned.add(cause);
  // oxlint-disable-next-line no-console -- development only
  console.warn(`assistants-react: ${message}`, ...(details === undefined ? [] : [details]));
}

function isProduction(): boolean {
  try {
    // Bundlers replace the expression with a constant. `typeof process` would stay and be 'undefined' in browsers.
    return process.env.NODE_ENV === 'production';
  } catch {
    // No bundler and no `process`.
    return true;
  }
}
