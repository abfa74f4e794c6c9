import { isRecord } from '../../common/isRecord.js';
import { toFields } from '../../common/toFields.js';
import { isId } from '../../protocol/isId.js';
import { parseTime } from '../../protocol/parseTime.js';
import { toShortText } from './toShortText.js';
import { InputFault } from './TransferError.js';
import { type Fields, MANIFEST_SCHEMA, THREAD_SCHEMA, type ThreadRecord } from './ThreadRecord.js';

/** Part of an input file. */
export type InputPart =
  | { type: 'thread'; record: ThreadRecord }
  | { type: 'manifest' }
  /** Object of the API that is not part of a thread record. */
  | { type: 'object'; object: Fields };

/** Names of the objects that an import takes. */
const OBJECTS: ReadonlySet<unknown> = new Set([
  'assistant',
  'file',
  'thread',
  'thread.message',
  'thread.run',
  'thread.run.step',
  'vector_store',
  'vector_store.file',
]);

/** Lists the parts of a parsed file. @throws InputFault if it has none, or a format of another version. */
export function readParts(values: readonly unknown[], path: string): InputPart[] {
  const parts = values.flatMap((value) => readValue(value, path));
  if (parts.length > 0) return parts;
  if (isManifest(path)) {
    throw new InputFault(
      `The manifest is not in the format '${MANIFEST_SCHEMA}', so it was ignored.`,
      'The other files were read without it.',
    );
  }
  throw new InputFault('The file has no objects of the Assistants API.', 'Leave it out.');
}

function isManifest(path: string): boolean {
  return /(?:^|[\\/])manifest\.json$/i.test(path);
}

function readValue(value: unknown, path: string): InputPart[] {
  if (Array.isArray(value)) {
    // An empty list is a part, too, so that its file is not refused.
    if (value.length === 0 && !isManifest(path)) return [{ type: 'manifest' }];
    return value.flatMap((item) => readValue(item, path));
  }
  if (!isRecord(value)) return [];
  const { export_schema: schema, object, data } = value;
  if (schema === MANIFEST_SCHEMA) return [{ type: 'manifest' }];
  if (schema === THREAD_SCHEMA) return [{ type: 'thread', record: readRecord(value, path) }];
  if (typeof schema === 'string') {
    const known = isManifest(path) ? MANIFEST_SCHEMA : THREAD_SCHEMA;
    throw new InputFault(
      `The format '${toShortText(schema, '', 80)}' is not known. Known is '${known}'.`,
      'Update assistants-react, or export in the known format.',
    );
  }
  if (OBJECTS.has(object)) return [{ type: 'object', object: value }];
  if (Array.isArray(data)) return readValue(data, path);
  if (Array.isArray(value['messages']) && isRecord(value['thread']))
    return [{ type: 'thread', record: readRecord(value, path) }];
  return [];
}

function readRecord(value: Fields, path: string): ThreadRecord {
  const thread = isRecord(value['thread']) ? value['thread'] : undefined;
  const threadId = thread?.['id'] ?? value['thread_id'];
  if (!isId(threadId)) throw new InputFault('The thread has no valid id.');
  const errors = toObjects(value['errors']);
  if (thread === undefined) {
    const reason = toShortText(errors[0]?.['error'], 'no reason given');
    throw new InputFault(`The exporter could not read the thread ${threadId}: ${reason}.`);
  }
  const messages = readList(value, 'messages', errors);
  const runs = readList(value, 'runs', errors);
  if (!isPresent(value['messages']))
    errors.push({ object: 'list of messages', error: 'The file has none.' });
  return {
    path,
    threadId,
    thread,
    messages,
    runs: runs.map((run) => ({ ...run, steps: readList(run, 'steps', errors) })),
    files: isRecord(value['files']) ? Object.values(value['files']).map(toFields) : [],
    errors,
  };
}

/**
 * Returns the objects of a field, oldest first. It may be a list of the API with its cursors. Adds to `errors` what is missing
 * in it, because a thread that was cut must not look complete.
 */
function readList(holder: Fields, name: 'messages' | 'runs' | 'steps', errors: Fields[]): Fields[] {
  const value = holder[name];
  const list = isRecord(value) ? value['data'] : value;
  const report = (error: string) =>
    errors.push({ object: `list of ${name}`, id: holder['id'], error });
  if (isPresent(list) && !Array.isArray(list)) report('It is not a list.');
  if (isRecord(value) && value['has_more'] === true)
    report('Only its first page was exported, and has_more is true.');
  // Other values become objects without an id, so that the thread is refused.
  const objects = Array.isArray(list) ? list.map(toFields) : [];
  // Lists of the API are newest first unless the exporter has asked for another order.
  const isDescending = getCreatedAt(objects[0] ?? {}) > getCreatedAt(objects.at(-1) ?? {});
  return sortByTime(isDescending ? objects.toReversed() : objects);
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Objects of one thread from lists of the API. */
interface LooseThread {
  thread: Fields | undefined;
  messages: Fields[];
  runs: Fields[];
  steps: Fields[];
}

/** Collects objects from lists of the API, and arranges them as thread records. */
export function createRecordBuilder() {
  const threads = new Map<string, LooseThread>();

  function getThread(id: unknown): LooseThread | undefined {
    if (!isId(id)) return undefined;
    const thread = threads.get(id) ?? { thread: undefined, messages: [], runs: [], steps: [] };
    threads.set(id, thread);
    return thread;
  }

  return {
    /** Takes an object of a thread. Returns false for other objects, and for objects without a thread. */
    add(object: Fields): boolean {
      const isThread = object['object'] === 'thread';
      const found = getThread(isThread ? object['id'] : object['thread_id']);
      if (found === undefined) return false;
      if (isThread) found.thread = object;
      else if (object['object'] === 'thread.message') found.messages.push(object);
      else if (object['object'] === 'thread.run') found.runs.push(object);
      else if (object['object'] === 'thread.run.step') found.steps.push(object);
      else return false;
      return true;
    },

    build: (): ThreadRecord[] => [...threads].map(([id, loose]) => buildRecord(id, loose)),
  };
}

function buildRecord(threadId: string, loose: LooseThread): ThreadRecord {
  const messages = toOldestFirst(loose.messages);
  const runs = toOldestFirst(loose.runs);
  const steps = toOldestFirst(loose.steps);
  const oldest = [messages[0], runs[0]].filter((object) => object !== undefined);
  const created_at = oldest.length === 0 ? 0 : Math.min(...oldest.map(getCreatedAt));
  return {
    path: `thread ${threadId}`,
    threadId,
    thread: loose.thread ?? { id: threadId, object: 'thread', created_at, metadata: {} },
    messages,
    runs: runs.map((run) => ({
      ...run,
      steps: [...toObjects(run['steps']), ...steps.filter((step) => step['run_id'] === run['id'])],
    })),
    files: [],
    errors:
      loose.thread === undefined
        ? [
            {
              object: 'thread',
              id: threadId,
              error: 'The thread object is missing. A new one was made.',
            },
          ]
        : [],
  };
}

/**
 * Returns objects oldest first. Lists of the API have seconds, so objects of one second keep their order, or the reverse of it if
 * the list as a whole is newest first, which is the default of the API.
 */
function toOldestFirst(objects: readonly Fields[]): Fields[] {
  const first = objects[0];
  const last = objects.at(-1);
  if (first === undefined || last === undefined) return [];
  const isAscending = getCreatedAt(first) < getCreatedAt(last);
  return sortByTime(isAscending ? objects : objects.toReversed());
}

/** Sorts objects by their age. Those of one second keep their order. */
function sortByTime(objects: readonly Fields[]): Fields[] {
  return objects.toSorted((a, b) => getCreatedAt(a) - getCreatedAt(b));
}

/** Returns the time at which an object was created; 0 if it is not known. */
export function getCreatedAt(object: Fields): number {
  return parseTime(object['created_at']) ?? 0;
}

function toObjects(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
