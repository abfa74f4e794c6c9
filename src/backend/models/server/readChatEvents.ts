import type { ModelEvent } from '../Model.js';
import { createForeignFault } from './createForeignFault.js';
import { collectToolCalls, type ToolCallCollector } from './collectToolCalls.js';
import { createThinkFilter, type ThinkFilter } from './createThinkFilter.js';
import {
  createInterruptedFault,
  finishAnswer,
  type FinishReason,
  toFinishReason,
} from './finishAnswer.js';
import { mergeOpaqueFields, type OpaqueFields, pickOpaqueFields } from './opaqueFields.js';
import { DONE } from './readAnswer.js';
import { readCallFragments } from './readCallFragments.js';
import { type FaultKind, ServerFault } from './ServerFault.js';
import { type Fields, toCount, toFields, toList, toText } from './toFields.js';

/** Options of the readers of answers. */
export interface ReadOptions {
  /** Names of the functions that the model may call. */
  names: readonly string[];
  /** Name of the function whose calls become searches. */
  searchName: string | undefined;
  /** Creates the fault for an error inside an answer. */
  createFault: (error: unknown) => ServerFault;
}

/** Data of an answer with calls that the server needs back, such as its reasoning. */
export interface ChatTurn {
  fields: OpaqueFields;
}

/** Fields of a message that are read here, or that servers add for clients only. All others are sent back. */
const KNOWN_FIELDS = new Set([
  'role',
  'content',
  'refusal',
  'tool_calls',
  'function_call',
  'annotations',
  'citations',
  'audio',
  'images',
  'name',
  'index',
  'parsed',
  'prefix',
  'token_ids',
  'tool_call_id',
]);

/**
 * Converts the chunks of a chat completion, or a whole completion, to model events. Reads the choice with index 0.
 *
 * @throws ServerFault if the stream ends without a finish reason, or with one that is not known
 */
export async function* readChatEvents(
  chunks: AsyncIterable<unknown>,
  { names, searchName, createFault }: ReadOptions,
): AsyncGenerator<ModelEvent, void, void> {
  const reader = createDeltaReader(collectToolCalls(names, searchName));
  const end = createEndReader();
  try {
    for await (const chunk of chunks) {
      if (chunk === DONE) {
        end.setDone();
        break;
      }
      const fields = toFields(chunk);
      if (isErrorObject(fields)) throw createFault(fields);
      const choice = findChoice(fields['choices']);
      yield* reader.read(choice);
      end.read(fields, choice);
    }
  } catch (error) {
    // The answer is complete, even if the connection was closed in a wrong way.
    if (!end.hasReason() || !(error instanceof ServerFault) || !CUT.has(error.kind)) throw error;
  }
  const { reason, usage, foreign } = end.get();
  if (foreign !== undefined && !reader.hasContent()) throw createForeignFault(foreign, createFault);
  if (reason === undefined) throw createInterruptedFault();
  yield* reader.think.flush();
  yield* finishAnswer(reason, usage, reader.calls, reader.getTurn());
}

const CUT: ReadonlySet<FaultKind> = new Set(['silence', 'connection']);

/** Creates a reader for the end of an answer: its finish reason and usage. They may come in any chunk; the last value applies. */
function createEndReader() {
  let reason: FinishReason | undefined;
  let usage: ModelEvent | undefined;
  let foreign: Fields | undefined;
  let isDone = false;

  return {
    setDone() {
      isDone = true;
    },
    read(fields: Fields, choice: Fields) {
      if (!Array.isArray(fields['choices'])) foreign ??= getForeign(fields);
      usage = readUsage(fields['usage']) ?? usage;
      const name = toText(choice['finish_reason']);
      if (name !== '' && name !== 'null') reason = toFinishReason(name);
      // A message is complete, other than a delta.
      if (choice['message'] !== undefined && choice['delta'] === undefined) isDone = true;
    },
    hasReason: () => reason !== undefined,
    get: () => ({
      // Some servers send no finish reason.
      reason: reason ?? (isDone ? ('stop' as const) : undefined),
      usage,
      foreign,
    }),
  };
}

/** Creates a reader for the content of the chunks. */
function createDeltaReader(calls: ToolCallCollector) {
  const think = createThinkFilter();
  let turn: OpaqueFields = {};
  let hasDeltas = false;
  let hasContent = false;

  return {
    calls,
    think,
    *read(choice: Fields): Generator<ModelEvent, void, void> {
      // Some servers end a stream with the whole message, which repeats the deltas.
      const message = hasDeltas ? undefined : choice['message'];
      const hasDelta = isFilled(choice['delta']);
      const delta = toFields(hasDelta ? choice['delta'] : (message ?? choice['delta']));
      if (hasDelta) hasDeltas = true;
      for (const event of readContent(delta, think)) {
        hasContent = true;
        yield event;
      }
      yield* readCallFragments(delta, calls);
      turn = mergeOpaqueFields(turn, pickOpaqueFields(delta, KNOWN_FIELDS));
    },
    hasContent: () => hasContent || calls.list().length > 0,
    getTurn: (): ChatTurn => ({ fields: turn }),
  };
}

/** Returns the choice with index 0. Servers that generate one choice may omit its index. */
function findChoice(choices: unknown): Fields {
  const list = toList(choices).map(toFields);
  return list.find(({ index }) => Number(index ?? 0) === 0) ?? {};
}

/** Returns an object that is not a chunk, apart from heartbeats and objects with usage only. */
function getForeign(fields: Fields): Fields | undefined {
  const isHeartbeat = fields['type'] === 'ping' || fields['usage'] !== undefined;
  return isHeartbeat || Object.keys(fields).length === 0 ? undefined : fields;
}

/** Returns true for an error that is not wrapped in an object, such as `{object: 'error', message}`. */
function isErrorObject(fields: Fields): boolean {
  if (Array.isArray(fields['choices'])) return false;
  return fields['object'] === 'error' || ERROR_FIELDS.some((name) => toText(fields[name]) !== '');
}

const ERROR_FIELDS = ['message', 'detail', 'msg', 'error_message', 'error_msg'];

function isFilled(delta: unknown): boolean {
  return Object.entries(toFields(delta)).some(
    ([name, value]) =>
      name !== 'role' &&
      value !== null &&
      value !== '' &&
      !(Array.isArray(value) && value.length === 0),
  );
}

function* readContent(delta: Fields, think: ThinkFilter): Generator<ModelEvent, void, void> {
  // Some servers send the same reasoning in several fields.
  const reasoning =
    toText(delta['reasoning_content']) ||
    toText(delta['reasoning']) ||
    toText(delta['thinking']) ||
    toList(delta['reasoning_details']).map(readReasoningDetail).join('');
  if (reasoning !== '') yield { type: 'reasoning', text: reasoning };
  for (const { type, text } of readParts(delta['content']))
    if (type === 'reasoning') yield { type, text };
    else yield* think.add(text);
  const refusal = toText(delta['refusal']);
  if (refusal !== '') yield { type: 'refusal', text: refusal };
}

/** Reads content that is text, or a list of parts with text and reasoning. */
function readParts(content: unknown): { type: 'text' | 'reasoning'; text: string }[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return toList(content).map((item) => {
    if (typeof item === 'string') return { type: 'text', text: item };
    const part = toFields(item);
    const thinking = part['thinking'] ?? part['reasoning'];
    return thinking === undefined
      ? { type: 'text', text: toText(part['text']) }
      : { type: 'reasoning', text: joinTexts(thinking) };
  });
}

/** Reads the text of a detail. Encrypted details have none. */
function readReasoningDetail(detail: unknown): string {
  const { text, summary } = toFields(detail);
  return toText(text) || toText(summary);
}

function joinTexts(value: unknown): string {
  if (typeof value === 'string') return value;
  return toList(value)
    .map((part) => toText(toFields(part)['text']))
    .join('');
}

function readUsage(value: unknown): ModelEvent | undefined {
  if (value === undefined || value === null) return undefined;
  const { prompt_tokens: prompt, completion_tokens: completion } = toFields(value);
  return { type: 'usage', promptTokens: toCount(prompt), completionTokens: toCount(completion) };
}
