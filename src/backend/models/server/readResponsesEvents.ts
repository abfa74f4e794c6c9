import type { ModelEvent } from '../Model.js';
import { collectToolCalls } from './collectToolCalls.js';
import {
  createInterruptedFault,
  finishAnswer,
  type FinishReason,
  toFinishReason,
} from './finishAnswer.js';
import { createForeignFault } from './createForeignFault.js';
import { createItemReader } from './createItemReader.js';
import { DONE, StrayWords } from './readAnswer.js';
import type { ReadOptions } from './readChatEvents.js';
import { type Fields, hasValue, toCount, toFields, toText } from './toFields.js';

/**
 * Converts the events of a streamed response, or a whole response, to model events. Text and calls may come in pieces, at the end
 * of their item, or with the end of the response only.
 *
 * @throws ServerFault if the response fails, if the stream ends before the response is complete, or if the final text differs
 */
export async function* readResponsesEvents(
  source: AsyncIterable<unknown>,
  { names, searchName, createFault }: ReadOptions,
): AsyncGenerator<ModelEvent, void, void> {
  const calls = collectToolCalls(names, searchName);
  const items = createItemReader(calls);
  let response: Fields | undefined;
  let foreign: Fields | undefined;
  let words: string | undefined;

  for await (const value of source) {
    if (value === DONE) break;
    if (value instanceof StrayWords) {
      words = value.text;
      continue;
    }
    const event = toFields(value);
    const type = getEventType(event);
    if (type === 'error') throw createFault(event);
    response = getResponse(event, type);
    if (response !== undefined) break;
    if (!type.startsWith('response.') && type !== 'ping') foreign ??= event;
    yield* items.addEvent(event, type);
  }
  if (response === undefined) {
    if (words !== undefined) throw createFault(words);
    const isForeign = foreign !== undefined && !items.hasContent();
    throw isForeign ? createForeignFault(foreign, createFault) : createInterruptedFault();
  }
  if (response['status'] === 'failed' || hasValue(response['error'])) throw createFault(response);
  yield* items.addOutput(response);
  yield* items.flush();
  yield* finishAnswer(readFinishReason(response), readUsage(response), calls, items.getTurn());
}

/** Returns the response that an event ends; undefined for other events. */
function getResponse(event: Fields, type: string): Fields | undefined {
  if (type === 'response') return event;
  if (!END_EVENTS.has(type)) return undefined;
  const response = toFields(event['response']);
  // Some servers put the error beside the response.
  return type === 'response.failed' ? { ...event, ...response, status: 'failed' } : response;
}

const END_EVENTS = new Set([
  'response.completed',
  'response.done',
  'response.incomplete',
  'response.failed',
  'response.cancelled',
]);

/** Returns the type of an event, or 'response' for the response object of a server that does not stream. */
function getEventType(event: Fields): string {
  const type = toText(event['type']);
  const isResponse = event['object'] === 'response' || Array.isArray(event['output']);
  return type === '' && isResponse ? 'response' : type;
}

/** @throws ServerFault if the response has not ended */
function readFinishReason(response: Fields): FinishReason {
  const status = toText(response['status']);
  if (status === 'incomplete') {
    const reason = toText(toFields(response['incomplete_details'])['reason']);
    return reason === '' ? 'max_completion_tokens' : toFinishReason(reason);
  }
  if (status === 'completed' || status === '') return 'stop';
  throw createInterruptedFault();
}

function readUsage({ usage }: Fields): ModelEvent | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined;
  const { input_tokens: input, output_tokens: output } = toFields(usage);
  return { type: 'usage', promptTokens: toCount(input), completionTokens: toCount(output) };
}
