import type { ModelEvent } from '../Model.js';
import { collectToolCalls, type ToolCallCollector } from './collectToolCalls.js';
import { createThinkFilter, type ThinkOptions } from './createThinkFilter.js';
import { createChatEnd } from './createChatEnd.js';
import { createChoiceFinder } from './createChoiceFinder.js';
import { finishAnswer } from './finishAnswer.js';
import { isHeartbeat } from './isHeartbeat.js';
import { listCalls } from './listCalls.js';
import { mergeOpaqueFields, type OpaqueFields, pickOpaqueFields } from './opaqueFields.js';
import { DONE, StrayWords } from './readAnswer.js';
import { readCallFragments } from './readCallFragments.js';
import { getContentText, readChatContent, REASONING_FIELDS } from './readChatContent.js';
import { type FaultKind, ServerFault } from './ServerFault.js';
import { type Fields, toFields, toText } from './toFields.js';

/** Options of the readers of answers. */
export interface ReadOptions {
  /** Names of the functions that the model may call. */
  names: readonly string[];
  /** Name of the function whose calls become searches. */
  searchName: string | undefined;
  /** Creates the fault for an error inside an answer. */
  createFault: (error: unknown) => ServerFault;
  /** Facts about the reasoning in texts. */
  think: ThinkOptions;
  /** Returns a file that the server has made; undefined if it cannot be read. */
  readServerFile: (path: string) => Promise<Uint8Array | undefined>;
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
  'toolCalls',
  'function_call',
  'functionCall',
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
  { names, searchName, createFault, think }: ReadOptions,
): AsyncGenerator<ModelEvent, void, void> {
  const reader = createDeltaReader(collectToolCalls(names, searchName), think);
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
  yield* reader.think.flush(reason === 'stop' && reader.calls.list().length === 0);
  yield* finishAnswer(reason, usage, reader.calls, reader.getTurn());
}

const CUT: ReadonlySet<FaultKind> = new Set(['silence', 'connection']);

/** Fields that some servers put beside the delta in place of inside. */
const OUTER_FIELDS = ['tool_calls', 'function_call', ...REASONING_FIELDS];

/** Creates a reader for the content of the chunks. */
function createDeltaReader(calls: ToolCallCollector, options: ThinkOptions) {
  const think = createThinkFilter(options);
  let turn: OpaqueFields = {};
  let streamedText = '';
  let hasDeltas = false;
  let hasContent = false;

  /** Returns what the whole message at the end of a stream adds to the deltas, most of which it repeats. */
  function getRemainder(message: Fields): Fields {
    const text = getContentText(message['content']);
    return {
      content: text.startsWith(streamedText) ? text.slice(streamedText.length) : '',
      ...(calls.list().length > 0 ? {} : { tool_calls: listCalls(message) }),
    };
  }

  return {
    calls,
    think,
    *read(choice: Fields): Generator<ModelEvent, void, void> {
      const { delta, message, text } = choice;
      const hasDelta = isFilled(delta);
      const isRemainder = hasDeltas && !hasDelta && message !== undefined;
      if (hasDelta) hasDeltas = true;
      const fields = isRemainder
        ? getRemainder(toMessage(message))
        : {
            ...pickFields(choice, OUTER_FIELDS),
            ...toMessage(hasDelta ? delta : (message ?? delta ?? text)),
          };
      streamedText += getContentText(fields['content']);
      for (const event of readChatContent(fields, think)) {
        hasContent = true;
        yield event;
      }
      yield* readCallFragments(fields, calls);
      turn = mergeOpaqueFields(turn, pickOpaqueFields(fields, KNOWN_FIELDS));
    },
    hasContent: () => hasContent || calls.list().length > 0,
    hasWholeCalls: () =>
      calls.list().every(({ arguments: text }) => text.getText() === '' || text.isComplete()),
    getTurn: (): ChatTurn => ({ fields: turn }),
  };
}

function pickFields(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

/** Returns the fields of a message or a delta. Some servers send its text only. */
function toMessage(message: unknown): Fields {
  return typeof message === 'string' ? { content: message } : toFields(message);
}

/** Returns true for an error that is not wrapped in an object, such as `{object: 'error', message}`. */
function isErrorObject(fields: Fields): boolean {
  if (fields['choices'] !== undefined || isHeartbeat(fields)) return false;
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
