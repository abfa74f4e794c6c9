import { isRecord } from '../../../common/isRecord.js';
import type { ModelEvent } from '../Model.js';
import type { CollectedCall, ToolCallCollector, ToolCallFragment } from './collectToolCalls.js';
import { listCalls } from './listCalls.js';
import { pickOpaqueFields } from './opaqueFields.js';
import { type Fields, toFields, toText } from './toFields.js';

/** Names of the arguments in the notations of different models. */
const ARGUMENTS_FIELDS = ['arguments', 'parameters', 'args', 'input'];
const KNOWN_FIELDS = new Set(['index', 'id', 'type', 'function', 'name', ...ARGUMENTS_FIELDS]);
const KNOWN_FUNCTION_FIELDS = new Set(['name', 'description', ...ARGUMENTS_FIELDS]);

/** Fields of a fragment that tell which call it belongs to. */
interface FragmentMarks {
  index: string | undefined;
  id: string;
  name: string;
  arguments: string;
}

/** Reads the fragments of function calls in a delta or a message. Returns the events to emit. */
export function* readCallFragments(
  delta: Fields,
  calls: ToolCallCollector,
): Generator<ModelEvent, void, void> {
  const keys: string[] = [];
  for (const value of listCalls(delta)) {
    const fragment = readFragment(value, calls, keys);
    keys.push(fragment.key);
    yield* calls.add(fragment);
  }
  const legacyCall = delta['function_call'] ?? delta['functionCall'];
  if (legacyCall !== undefined && legacyCall !== null)
    yield* calls.add(readFragment({ index: 0, function: legacyCall }, calls, []));
}

/** @param keysOfDelta Keys of the fragments of the same delta, which belong to other calls. */
function readFragment(
  value: unknown,
  calls: ToolCallCollector,
  keysOfDelta: readonly string[],
): ToolCallFragment {
  const fields = toFields(value);
  const called = readCalled(fields);
  const id = readId(fields['id']);
  const marks: FragmentMarks = { index: readIndex(fields['index']), id, ...called };
  return {
    key: getCallKey(marks, calls.list(), keysOfDelta),
    id,
    ...called,
    fields: pickOpaqueFields(fields, KNOWN_FIELDS),
    functionFields: pickOpaqueFields(toFields(fields['function']), KNOWN_FUNCTION_FIELDS),
  };
}

/**
 * Returns the key of the call that a fragment belongs to, in the form `index number`. Servers mark calls in different ways: most
 * give each call an index; some omit the index and start each call with an id or a name; others give all calls the same index
 * or the same id, so that only the other one differs, or neither.
 */
function getCallKey(
  marks: FragmentMarks,
  calls: readonly CollectedCall[],
  keysOfDelta: readonly string[],
): string {
  const { index, id } = marks;
  const continued = findContinued(marks, calls);
  if (continued !== undefined) return continued.key;
  const sameIndex =
    index === undefined ? calls : calls.filter(({ key }) => key.startsWith(`${index} `));
  const sameId = id === '' ? undefined : sameIndex.findLast(({ serverId }) => serverId === id);
  const existing = sameId ?? sameIndex.at(-1);
  const isNew =
    existing === undefined ||
    startsCall(marks, existing, sameId !== undefined) ||
    // Two whole calls in one delta are two calls.
    (index === undefined && marks.name !== '' && keysOfDelta.includes(existing.key));
  return isNew ? `${index ?? ''} ${calls.length}` : existing.key;
}

/**
 * Returns the call that a fragment with the index of no call continues: some servers count the fragments instead of the calls, or
 * give only some of the fragments an index.
 */
function findContinued(
  { index, id, name }: FragmentMarks,
  calls: readonly CollectedCall[],
): CollectedCall | undefined {
  if (index === undefined || calls.some(({ key }) => key.startsWith(`${index} `))) return undefined;
  const call = id === '' ? calls.at(-1) : calls.findLast(({ serverId }) => serverId === id);
  const isOpen = call !== undefined && call.name !== '' && !call.arguments.isComplete();
  return isOpen && (name === '' || (id !== '' && call.arguments.getText() !== ''))
    ? call
    : undefined;
}

/** Returns true if a fragment starts a call of its own instead of continuing the call that it matches. */
function startsCall(
  { index, id, name, arguments: text }: FragmentMarks,
  existing: CollectedCall,
  hasSameId: boolean,
): boolean {
  if (name === '') return false;
  const isOther =
    isWholeCall(text, existing) &&
    (name !== existing.name || text.trim() !== existing.arguments.getText().trim());
  // Without an index, the same id with other arguments is another call.
  if (hasSameId) return index === undefined && isOther;
  const isOpen = existing.arguments.getText() !== '' && !existing.arguments.isComplete();
  // Some servers give each fragment a new id.
  if (index !== undefined && isOpen && name === existing.name) return false;
  // A name without arguments may be a piece of a name.
  if (id !== '') return existing.serverId !== '' || existing.arguments.getText() !== '';
  if (index !== undefined) return isOther;
  return text !== '' || existing.arguments.getText() !== '';
}

/** Returns true if arguments may be those of a whole call, and the call has its own already. */
function isWholeCall(text: string, existing: CollectedCall): boolean {
  return text.trimStart().startsWith('{') && existing.arguments.isComplete();
}

/** Reads the name and the arguments of a call. Some servers put them beside the id, or send the arguments as an object. */
export function readCalled(
  fields: Fields,
): Pick<ToolCallFragment, 'name' | 'arguments' | 'isObject'> {
  const called = isRecord(fields['function']) ? fields['function'] : fields;
  const args = ARGUMENTS_FIELDS.map((field) => called[field]).find((one) => toArgumentsText(one));
  return {
    name: toText(called['name']),
    arguments: toArgumentsText(args),
    isObject: isRecord(args),
  };
}

/** Some servers send arguments as an object instead of JSON text. */
function toArgumentsText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : toText(value);
}

/** Reads an index, which some servers send as text. */
function readIndex(value: unknown): string | undefined {
  const text = String(value);
  return /^\d{1,9}$/.test(text) ? text : undefined;
}

/** Reads the id of a call. Some servers write that there is none as text. */
function readId(value: unknown): string {
  const id = toText(value);
  return /^(?:null|none|undefined)$/i.test(id) ? '' : id;
}
