import type { Resource } from './Resource.js';
import { resources } from './resources.js';

/** Collection or object at a path. */
export interface Place {
  resource: Resource;
  /** Ids in the path, by the names of the parameters of the client. */
  params: Record<string, string>;
  /** Path of the collection. */
  collectionPath: string;
  /** Id of the object that is shown. Undefined for the collection. */
  objectId: string | undefined;
}

/** Returns what a path shows. Undefined for the start, and for unknown paths. */
export function findPlace(path: string): Place | undefined {
  const segments = path.split('/').filter(Boolean);
  for (const resource of resources) {
    const pattern = resource.path.split('/');
    const isObject = segments.length === pattern.length + 1 && resource.idName !== undefined;
    if (segments.length !== pattern.length && !isObject) continue;
    const params = matchSegments(pattern, segments);
    if (params === undefined) continue;
    const collectionPath = segments.slice(0, pattern.length).join('/');
    const objectId = isObject ? segments.at(-1) : undefined;
    if (resource.idName !== undefined && objectId !== undefined) params[resource.idName] = objectId;
    return { resource, params, collectionPath, objectId };
  }
  return undefined;
}

/** Lists the collections below an object. */
export function listChildren({ resource }: Place): readonly Resource[] {
  const prefix = `${resource.path}/{${resource.idName}}/`;
  return resources.filter(
    ({ path, list }) =>
      list !== undefined && path.startsWith(prefix) && !path.slice(prefix.length).includes('/'),
  );
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('{')) params[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}
