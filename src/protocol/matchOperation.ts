import { isId } from './ids.js';
import { operationIds, operationPaths } from './operationPaths.js';
import type { OperationId } from './types.js';

/** An operation that a request means, with the ids of its path. */
export interface MatchedOperation {
  operation: OperationId;
  params: Record<string, string>;
}

/**
 * Which operation a method and a path below the base mean; undefined when none. Compares segment by segment and decodes
 * nothing, so no dots, slashes, escapes or empty ids lead anywhere else.
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
    if (!part.startsWith('{')) {
      if (part !== segment) return undefined;
    } else if (isId(segment)) params[part.slice(1, -1)] = segment;
    else return undefined;
  }
  return params;
}
