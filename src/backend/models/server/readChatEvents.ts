import type { ModelEvent } from '../Model.js';
import {
  type ToolCallCollector,
  type ToolCallFragment,
  collectToolCalls,
} from './collectToolCalls.js';
import { DONE } from './createModelServer.js';
import { createInterruptedFault, finishAnswer, type FinishReason } from './finishAnswer.js';
import { type Fields, toCount, toFields, toList, toText } from './toFields.js';

const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'max_completion_tokens',
  content_filter: 'content_filter',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
};

/**
 * Converts the chunks of a chat completion, or a whole completion, to model events.
 *
 * @param searchName Name of the function whose calls become searches.
 * @throws ServerFault if the stream ends without a finish reason.
 */
export async function* readChatEvents(
  chunks: AsyncIterable<unknown>,
  searchName: string | undefined,
): AsyncGenerator<ModelEvent, void, void> {
  const calls = collectToolCalls(searchName);
  const filterText = createLeadingSpaceFilter();
  let finishReason: FinishReason | undefined;
  let usage: ModelEvent | undefined;

  for await (const chunk of chunks) {
    if (chunk === DONE) {
      // Some servers send no finish reason.
      finishReason ??= 'stop';
      break;
    }
    const fields = toFields(chunk);
    const choice = toFields(toList(fields['choices'])[0]);
    const delta = toFields(choice['delta'] ?? choice['message']);
    const text = filterText(toContentText(delta['content']));
    if (text !== '') yield { type: 'text', text };
    const refusal = toText(delta['refusal']);
    if (refusal !== '') yield { type: 'refusal', text: refusal };
    yield* readToolCalls(delta, calls);
    // Usage and finish reason may come in any chunk. The last value applies.
    usage = readUsage(fields['usage']) ?? usage;
    finishReason = readFinishReason(choice) ?? finishReason;
  }
  if (finishReason === undefined) throw createInterruptedFault();
  yield* finishAnswer(finishReason, usage, calls);
}

/**
 * Returns a function that holds back white space at the start of an answer until other text follows. Some models send an empty
 * line before a tool call, which must not become a message.
 */
function createLeadingSpaceFilter(): (text: string) => string {
  let leadingSpace = '';
  let hasStarted = false;
  return (text) => {
    if (hasStarted) return text;
    if (text.trim() === '') {
      leadingSpace += text;
      return '';
    }
    hasStarted = true;
    return leadingSpace + text;
  };
}

function* readToolCalls(
  delta: Fields,
  calls: ToolCallCollector,
): Generator<ModelEvent, void, void> {
  for (const value of toList(delta['tool_calls'])) yield* calls.add(readFragment(value, calls));
  const legacyCall = delta['function_call'];
  if (legacyCall !== undefined && legacyCall !== null)
    yield* calls.add(readFragment({ index: 0, function: legacyCall }, calls));
}

function readFragment(value: unknown, calls: ToolCallCollector): ToolCallFragment {
  const fields = toFields(value);
  const called = toFields(fields['function']);
  const id = toText(fields['id']);
  const name = toText(called['name']);
  const index = typeof fields['index'] === 'number' ? String(fields['index']) : undefined;
  return {
    key: getCallKey({ index, id, name }, calls.getKeys()),
    id,
    name,
    arguments: toArgumentsText(called['arguments']),
  };
}

/**
 * Returns the key of the call that a fragment belongs to, in the form `index id`. Servers mark calls in different ways: most give
 * each call an index; some omit the index and start each call with an id or a name; others give all calls the same index, so
 * that only their ids differ.
 */
function getCallKey(
  { index, id, name }: { index: string | undefined; id: string; name: string },
  keys: readonly string[],
): string {
  const sameIndex = index === undefined ? keys : keys.filter((key) => key.startsWith(`${index} `));
  const sameId = id === '' ? undefined : sameIndex.find((key) => key.endsWith(` ${id}`));
  const existing = sameId ?? sameIndex.at(-1);
  // The first fragment of a call has its name. Some servers repeat name and id in every fragment.
  const startsCall = sameId === undefined && name !== '' && (id !== '' || index === undefined);
  return existing === undefined || startsCall ? `${index ?? keys.length} ${id}` : existing;
}

/** Some servers send arguments as an object instead of JSON text. */
function toArgumentsText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : toText(value);
}

/** Returns content that is text, or the joined text of its parts. */
function toContentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return toList(content)
    .map((part) => toText(toFields(part)['text']))
    .join('');
}

function readFinishReason(choice: Fields): FinishReason | undefined {
  const reason = toText(choice['finish_reason']);
  if (reason === '') return undefined;
  // Unknown reasons end an answer normally.
  return FINISH_REASONS[reason] ?? 'stop';
}

function readUsage(value: unknown): ModelEvent | undefined {
  if (value === undefined || value === null) return undefined;
  const { prompt_tokens: prompt, completion_tokens: completion } = toFields(value);
  return { type: 'usage', promptTokens: toCount(prompt), completionTokens: toCount(completion) };
}
