import type { ModelEvent } from '../Model.js';
import { collectToolCalls } from './collectToolCalls.js';
import { createStreamFault } from './createFaults.js';
import { DONE } from './createModelServer.js';
import { createInterruptedFault, finishAnswer, type FinishReason } from './finishAnswer.js';
import { type Fields, toCount, toFields, toList, toText } from './toFields.js';

type WrittenEvent = ModelEvent & { type: 'text' | 'refusal' };

/**
 * Converts the events of a streamed response, or a whole response, to model events. Ignores other types of events, such as
 * reasoning.
 *
 * @param searchName Name of the function whose calls become searches.
 * @param redact Removes API keys from the error messages of the server.
 * @throws ServerFault if the response fails or the stream ends before the response is complete.
 */
export async function* readResponsesEvents(
  source: AsyncIterable<unknown>,
  searchName: string | undefined,
  redact: (text: string) => string,
): AsyncGenerator<ModelEvent, void, void> {
  const items = createItemReader(searchName);
  let response: Fields | undefined;

  for await (const value of source) {
    if (value === DONE) break;
    const event = toFields(value);
    switch (getEventType(event)) {
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        response = toFields(event['response']);
        break;
      case 'response':
        yield* items.addOutput(event['output']);
        response = event;
        break;
      case 'error':
        throw createStreamFault(event['error'] ?? event, redact);
      default:
        yield* items.addEvent(event);
    }
  }
  if (response === undefined) throw createInterruptedFault();
  if (response['status'] === 'failed') throw createStreamFault(response['error'], redact);
  yield* finishAnswer(readFinishReason(response), readUsage(response), items.calls);
}

/** Returns the type of an event, or 'response' for the response object of a server that does not stream. */
function getEventType(event: Fields): string {
  const type = toText(event['type']);
  return type === '' && event['object'] === 'response' ? 'response' : type;
}

/** Creates a reader for the items of a response. Each item with text becomes one message. */
function createItemReader(searchName: string | undefined) {
  const calls = collectToolCalls(searchName);
  /** Keys of the items whose text or arguments were emitted. The complete item repeats them. */
  const emittedKeys = new Set<string>();
  let currentTextKey: string | undefined;

  function* addText(key: string, event: WrittenEvent): Generator<ModelEvent, void, void> {
    if (event.text === '') return;
    if (currentTextKey !== undefined && currentTextKey !== key) yield { type: 'message' };
    currentTextKey = key;
    emittedKeys.add(key);
    yield event;
  }

  function* addItem(
    key: string,
    item: Fields,
    state: 'started' | 'complete',
  ): Generator<ModelEvent, void, void> {
    const hasEmitted = emittedKeys.has(key);
    if (item['type'] === 'function_call') {
      const text = hasEmitted ? '' : toText(item['arguments']);
      if (text !== '') emittedKeys.add(key);
      const { call_id: id, name } = item;
      yield* calls.add({ key, id: toText(id), name: toText(name), arguments: text });
    } else if (item['type'] === 'message' && state === 'complete' && !hasEmitted) {
      for (const part of toList(item['content'])) yield* addText(key, readPart(toFields(part)));
    }
  }

  function* addArguments(key: string, text: string): Generator<ModelEvent, void, void> {
    // Ignores arguments of other items, such as calls of tools that the server runs itself.
    if (!calls.getKeys().includes(key)) return;
    emittedKeys.add(key);
    yield* calls.add({ key, id: '', name: '', arguments: text });
  }

  return {
    calls,
    *addEvent(event: Fields): Generator<ModelEvent, void, void> {
      const key = getItemKey(event);
      const delta = toText(event['delta']);
      switch (event['type']) {
        case 'response.output_text.delta':
          yield* addText(key, { type: 'text', text: delta });
          break;
        case 'response.refusal.delta':
          yield* addText(key, { type: 'refusal', text: delta });
          break;
        case 'response.function_call_arguments.delta':
          yield* addArguments(key, delta);
          break;
        case 'response.output_item.added':
          yield* addItem(key, toFields(event['item']), 'started');
          break;
        case 'response.output_item.done':
          yield* addItem(key, toFields(event['item']), 'complete');
          break;
      }
    },
    /** Adds the items of a response that was not streamed. */
    *addOutput(output: unknown): Generator<ModelEvent, void, void> {
      for (const [index, item] of toList(output).entries())
        yield* addItem(String(index), toFields(item), 'complete');
    },
  };
}

/** Returns the index of the item that an event belongs to, or its id if the server omits the index. */
function getItemKey(event: Fields): string {
  const index = event['output_index'];
  return typeof index === 'number'
    ? String(index)
    : toText(event['item_id']) || toText(toFields(event['item'])['id']);
}

function readPart(part: Fields): WrittenEvent {
  return part['type'] === 'refusal'
    ? { type: 'refusal', text: toText(part['refusal']) }
    : { type: 'text', text: part['type'] === 'output_text' ? toText(part['text']) : '' };
}

function readFinishReason(response: Fields): FinishReason {
  if (response['status'] !== 'incomplete') return 'stop';
  const reason = toText(toFields(response['incomplete_details'])['reason']);
  return reason === 'content_filter' ? 'content_filter' : 'max_completion_tokens';
}

function readUsage({ usage }: Fields): ModelEvent | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined;
  const { input_tokens: input, output_tokens: output } = toFields(usage);
  return { type: 'usage', promptTokens: toCount(input), completionTokens: toCount(output) };
}
