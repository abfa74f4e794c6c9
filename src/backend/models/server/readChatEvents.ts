import type { ModelEvent } from '../Model.js';
import { collectToolCalls, type ToolCallCollector } from './collectToolCalls.js';
import { createThinkFilter, type ThinkFilter } from './createThinkFilter.js';
import { createChatEnd } from './createChatEnd.js';
import { createChoiceFinder } from './createChoiceFinder.js';
import { finishAnswer } from './finishAnswer.js';
import { mergeOpaqueFields, type OpaqueFields, pickOpaqueFields } from './opaqueFields.js';
import { DONE, StrayWords } from './readAnswer.js';
import { readCallFragments } from './readCallFragments.js';
import { type FaultKind, ServerFault } from './ServerFault.js';
import { type Fields, toFields, toJoinedText, toList, toText } from './toFields.js';

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
  const end = createChatEnd(createFault);
  const findChoice = createChoiceFinder();
  try {
    for await (const chunk of chunks) {
      if (chunk === DONE) {
        end.setDone();
        break;
      }
      if (chunk instanceof StrayWords) {
        end.setWords(chunk.text);
        continue;
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
  const { reason, usage } = end.finish(reader);
  yield* reader.think.flush();
  yield* finishAnswer(reason, usage, reader.calls, reader.getTurn());
}

const CUT: ReadonlySet<FaultKind> = new Set(['silence', 'connection']);

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
      const { text, tool_calls } = choice;
      const hasDelta = isFilled(choice['delta']);
      const delta = toMessage(hasDelta ? choice['delta'] : (message ?? choice['delta'] ?? text));
      if (hasDelta) hasDeltas = true;
      for (const event of readContent(delta, think)) {
        hasContent = true;
        yield event;
      }
      yield* readCallFragments(tool_calls === undefined ? delta : { tool_calls, ...delta }, calls);
      turn = mergeOpaqueFields(turn, pickOpaqueFields(delta, KNOWN_FIELDS));
    },
    hasContent: () => hasContent || calls.list().length > 0,
    hasWholeCalls: () =>
      calls.list().every(({ arguments: text }) => text.getText() === '' || text.isComplete()),
    getTurn: (): ChatTurn => ({ fields: turn }),
  };
}

/** Returns the fields of a message or a delta. Some servers send its text only. */
function toMessage(message: unknown): Fields {
  return typeof message === 'string' ? { content: message } : toFields(message);
}

/** Returns true for an error that is not wrapped in an object, such as `{object: 'error', message}`. */
function isErrorObject(fields: Fields): boolean {
  if (fields['choices'] !== undefined) return false;
  return fields['object'] === 'error' || ERROR_FIELDS.some((name) => toText(fields[name]) !== '');
}

const ERROR_FIELDS = ['message', 'detail', 'msg', 'error_message', 'error_msg'];

function isFilled(delta: unknown): boolean {
  if (typeof delta === 'string') return delta !== '';
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
    toJoinedText(delta['reasoning_content']) ||
    toJoinedText(delta['reasoning']) ||
    toJoinedText(delta['thinking']) ||
    toList(delta['reasoning_details']).map(readReasoningDetail).join('');
  if (reasoning !== '') yield { type: 'reasoning', text: reasoning };
  const isThought = toFields(toFields(delta['extra_content'])['google'])['thought'] === true;
  for (const { type, text } of readParts(delta['content'])) {
    if (type === 'text' && !isThought) yield* think.add(text);
    else if (text !== '') yield { type: isThought ? 'reasoning' : type, text };
  }
  const refusal = toJoinedText(delta['refusal']);
  if (refusal !== '') yield { type: 'refusal', text: refusal };
}

/** Reads content that is text, or a list of parts with text, reasoning and refusals. */
function readParts(content: unknown): { type: 'text' | 'reasoning' | 'refusal'; text: string }[] {
  return (Array.isArray(content) ? content : [content]).map((item: unknown) => {
    const part = toFields(item);
    const thinking = part['thinking'] ?? part['reasoning'] ?? part['summary'];
    if (thinking !== undefined) return { type: 'reasoning', text: toJoinedText(thinking) };
    const type = toText(part['type']);
    const text = toJoinedText(item);
    if (/reason|think/.test(type)) return { type: 'reasoning', text };
    return { type: type === 'refusal' ? type : 'text', text };
  });
}

/** Reads the text of a detail. Encrypted details have none. */
function readReasoningDetail(detail: unknown): string {
  const { text, summary } = toFields(detail);
  return toText(text) || toText(summary);
}
