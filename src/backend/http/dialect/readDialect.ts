import type { Dialect } from '../operations.js';

/**
 * Reads the API version from the OpenAI-Beta header. Requests without the header use version 2. Returns undefined if the
 * header names no known version.
 */
export function readDialect(headers: Headers): Dialect | undefined {
  const header = headers.get('openai-beta');
  if (header === null) return 'v2';
  const versions = header.split(',').map((version) => version.trim());
  if (versions.includes('assistants=v2')) return 'v2';
  return versions.includes('assistants=v1') ? 'v1' : undefined;
}
