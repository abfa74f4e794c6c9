import { isId } from './isId.js';
import { operationIds, operationPaths } from './operationPaths.js';
import type { OperationId } from './types.js';

/** Operation that a request addresses, with the ids from its path. */
export interface MatchedOperation {
  operation: OperationId;
  params: Record<string, string>;
}

/**
 * Returns the operation for a method and a path below the base URL; undefined if there is none. Segments are compared
 * as they are, without decoding, so dots, slashes, escapes and empty ids match nothing.
 */
export function matchOperation(method: string, path: string): MatchedOperation | undefined {
  const segments = path.split('/');
  for (const operation of operationIds) {
    const known = operationPaths[operation];
    if (known.method !== method) continue;
    const params = matchSegments(known.path.split('/'), segments);
    if (params !== undefined) return { operation, params };
  }
  return undefined;
}

function matchSegments(pattern: string[], segments: string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index];
    const isParam = part.startsWith('{');
    if (isParam && isId(segment)) params[part.slice(1, -1)] = segment;
    else if (isParam || part !== segment) return undefined;
  }
  return params;
}
