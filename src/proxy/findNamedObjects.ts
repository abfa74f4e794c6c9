import type { MatchedOperation } from '../protocol/matchOperation.js';
import { operationPaths } from '../protocol/operationPaths.js';
import type { OwnedType } from './ownership/Ownership.js';
import { emptyBody, operationBodies } from './policy/operationBodies.js';
import type { ProxyPolicy } from './policy/ProxyPolicy.js';
import type { NamedObject } from './ProxyOptions.js';
import { ProxyFailure } from './ProxyFailure.js';

/**
 * Parameters of paths that name an object with an owner. Messages, runs and steps belong to the thread of their path,
 * and batches to the vector store.
 */
const PATH_TYPES: Readonly<Record<string, OwnedType>> = {
  assistant_id: 'assistant',
  file_id: 'file',
  thread_id: 'thread',
  vector_store_id: 'vector_store',
};

/** Each object is looked up, so a request must not name thousands of them. */
const MAX_OBJECTS = 200;

/**
 * Returns the objects that a request names in its path and its body.
 *
 * @throws ProxyFailure if the policy denies a field of the body, or if the body is malformed.
 */
export function findNamedObjects(
  { operation, params }: MatchedOperation,
  body: Readonly<Record<string, unknown>> | undefined,
  policy: ProxyPolicy,
): NamedObject[] {
  const { method, path } = operationPaths[operation];
  // A search is a POST, because its query does not fit into a URL.
  const isChanged = method !== 'GET' && operation !== 'searchVectorStore';
  const objects = new Map<string, NamedObject>();
  for (const [name, id] of Object.entries(params)) {
    const type = PATH_TYPES[name];
    // Below an assistant, a message or a vector store, the path names an entry of a list: the file itself does not change.
    const isEntry = type === 'file' && !path.startsWith('/files');
    if (type !== undefined) add({ type, id, isChanged: isChanged && !isEntry });
  }
  if (body !== undefined && operation !== 'uploadFile') {
    const rule = operationBodies[operation] ?? emptyBody;
    const onObject = (object: Omit<NamedObject, 'isChanged'>) =>
      add({ ...object, isChanged: false });
    rule(body, '', { operation, policy, onObject });
  }
  return [...objects.values()];

  function add(object: NamedObject): void {
    const key = `${object.type} ${object.id}`;
    // The path comes first: a change of the object itself outweighs its name in the body.
    if (!objects.has(key)) objects.set(key, object);
    if (objects.size > MAX_OBJECTS) {
      throw new ProxyFailure(400, `The request names more than ${MAX_OBJECTS} objects.`);
    }
  }
}
