import type { ServerCall } from './collectToolCalls.js';
import type { AssistantItem, PromptItem } from './PromptItem.js';
import { toFields, toText } from './toFields.js';

const SHORT_ID_LENGTH = 9;

/**
 * Returns the ids of the calls of a prompt for the server, by their ids in the thread. The server gets its own ids back. Calls
 * without one, or with the id of another call, get one of nine letters and digits, which all servers accept.
 */
export function toServerCallIds(items: readonly PromptItem[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const used = new Set<string>();
  const calls = items.flatMap((item) => (item.role === 'assistant' ? item.calls : []));
  for (const { id, providerData } of calls) {
    const own = readServerCall(providerData).id;
    const serverId = own === '' || used.has(own) ? toShortId(id, used) : own;
    used.add(serverId);
    ids.set(id, serverId);
  }
  return ids;
}

/** Reads the data of a call, which was stored as JSON. */
export function readServerCall(providerData: unknown): ServerCall {
  const { id, fields, functionFields } = toFields(providerData);
  return { id: toText(id), fields: toFields(fields), functionFields: toFields(functionFields) };
}

/** Reads the fields of an answer, which were stored as JSON. */
export function readTurnFields({ providerData }: AssistantItem): ServerCall['fields'] {
  return toFields(toFields(providerData)['fields']);
}

/** Returns the names of the fields of an entry that the server gets back. */
export function toServerFields(item: PromptItem): string[] {
  if (item.role !== 'assistant') return [];
  const calls = item.calls.map(({ providerData }) => readServerCall(providerData));
  const fields = calls.flatMap((call) => [call.fields, call.functionFields]);
  return [readTurnFields(item), ...fields].flatMap(Object.keys);
}

function toShortId(id: string, used: ReadonlySet<string>): string {
  const letters = id.replace(/[^A-Za-z0-9]/g, '');
  const padded = letters.padStart(SHORT_ID_LENGTH, '0');
  const short = padded.slice(-SHORT_ID_LENGTH);
  if (!used.has(short)) return short;
  let number = used.size;
  while (used.has(toNumberedId(number))) number += 1;
  return toNumberedId(number);
}

function toNumberedId(number: number): string {
  return String(number).padStart(SHORT_ID_LENGTH, '0');
}
