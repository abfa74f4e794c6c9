import type { ModelEvent } from '../Model.js';
import { collectToolCalls } from './collectToolCalls.js';
import {
  createInterruptedFault,
  finishAnswer,
  type FinishReason,
  toFinishReason,
} from './finishAnswer.js';
import { collectForeign } from './collectForeign.js';
import { createFileFetcher } from './createFileFetcher.js';
import { createItemReader } from './createItemReader.js';
import { isHeartbeat } from './isHeartbeat.js';
import { DONE, StrayWords } from './readAnswer.js';
import type { ReadOptions } from './readChatEvents.js';
import { ServerFault } from './ServerFault.js';
import { type Fields, hasValue, toCount, toFields, toList, toText } from './toFields.js';

/**
 * Converts the events of a streamed response, or a whole response, to model events. Text and calls may come in pieces, at the end
 * of their item, or with the end of the response only.
 *
 * @throws ServerFault if the response fails, if the stream ends before the response is complete, or if the final text differs
 */
export async function* readResponsesEvents(
  source: AsyncIterable<unknown>,
  { names, searchName, createFault, think, readServerFile }: ReadOptions,
): AsyncGenerator<ModelEvent, void, void> {
  const calls = collectToolCalls(names, searchName);
  const items = createItemReader(calls, think);
  const withFiles = createFileFetcher(readServerFile);
  let response: Fields | undefined;
  const foreign = collectForeign(createFault);

  for await (const value of source) {
    if (value === DONE) break;
    if (value instanceof StrayWords) {
      foreign.addWords(value.text);
      continue;
    }
    const event = toFields(value);
    const type = getEventType(event);
    if (type === 'error') throw createFault(event);
    response = getResponse(event, type);
    if (response !== undefined) break;
    if (isForeign(event, type)) foreign.add(event);
    yield* withFiles(items.addEvent(event, type));
  }
  if (response === undefined) {
    foreign.throwFault(items.hasContent());
    throw createInterruptedFault();
  }
  if (response['status'] === 'failed' || hasValue(response['error'])) throw createFault(response);
  yield* withFiles(items.addOutput(response));
  const reason = readFinishReason(response);
  yield* withFiles(items.flush(reason === 'stop' && calls.list().length === 0));
  yield* finishAnswer(reason, readUsage(response), calls, items.getTurn());
}

function isForeign(event: Fields, type: string): boolean {
  return !type.startsWith('response.') && !isHeartbeat(event) && Object.keys(event).length > 0;
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
  if (status === 'completed' || status === '')
    return hasHalfMessage(response) ? 'max_completion_tokens' : 'stop';
  if (status === 'cancelled')
    throw new ServerFault('server_error', 'The model server has cancelled its answer.');
  throw createInterruptedFault();
}

/** Returns true for a response with a message that its server has marked as incomplete. */
function hasHalfMessage({ output }: Fields): boolean {
  return toList(output)
    .map(toFields)
    .some(({ type, status }) => type === 'message' && status === 'incomplete');
}

function readUsage({ usage }: Fields): ModelEvent | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined;
  const { input_tokens: input, output_tokens: output } = toFields(usage);
  return { type: 'usage', promptTokens: toCount(input), completionTokens: toCount(output) };
}
