import type { ModelEvent } from '../model.js';
import { collectToolCalls } from './calls.js';
import { toCount, type Fields, toFields, toList, toText } from './fields.js';
import { DONE } from './modelServer.js';
import { createNetworkFault, ServerFault } from './serverFault.js';

type Finish = (ModelEvent & { type: 'finish' })['reason'];

/**
 * The events of a streamed response, or a whole one, as events. Those of types that say nothing here, reasoning above all,
 * are passed over. @throws ServerFault when the response fails, or ends in the middle
 */
export async function* responsesEvents(
  source: AsyncIterable<unknown>,
  searchName: string | undefined,
  redact: (text: string) => string,
): AsyncGenerator<ModelEvent, void, void> {
  const calls = collectToolCalls(searchName);
  /** The items whose text has come in pieces, so that the whole of it is not told again. */
  const told = new Set<string>();
  let speaking: string | undefined;
  let ended: Fields | undefined;

  for await (const raw of source) {
    if (raw === DONE) break;
    const event = toFields(raw);
    const type = toText(event['type']);
    const key = keyOf(event);
    if (type === 'response.output_text.delta' || type === 'response.refusal.delta') {
      yield* speak(key, [
        {
          type: type === 'response.refusal.delta' ? 'refusal' : 'text',
          text: toText(event['delta']),
        },
      ]);
    } else if (type === 'response.output_item.added' || type === 'response.output_item.done') {
      yield* itemEvents(key, toFields(event['item']), type === 'response.output_item.done');
    } else if (type === 'response.function_call_arguments.delta') {
      if (!calls.keys().includes(key)) continue;
      told.add(key);
      yield* calls.take({ key, id: '', name: '', arguments: toText(event['delta']) });
    } else if (
      type === 'response.completed' ||
      type === 'response.incomplete' ||
      type === 'response.failed'
    ) {
      ended = toFields(event['response']);
    } else if (type === 'error') {
      throw createNetworkFault(event['error'] ?? event, redact);
    } else if (type === '' && event['object'] === 'response') {
      for (const [index, item] of toList(event['output']).entries())
        yield* itemEvents(String(index), toFields(item), true);
      ended = event;
    }
  }
  if (ended === undefined) {
    throw new ServerFault('server_error', 'The model server stopped in the middle of its answer.', {
      retryable: true,
    });
  }
  if (ended['status'] === 'failed') throw createNetworkFault(ended['error'], redact);
  const finish = finishOf(ended);
  if (typeof ended['usage'] === 'object' && ended['usage'] !== null) yield usageOf(ended['usage']);
  if (finish === 'stop') yield* calls.end();
  yield {
    type: 'finish',
    reason: finish === 'stop' && calls.keys().length > 0 ? 'tool_calls' : finish,
  };

  /** What is said in one item is one message. */
  function* speak(
    key: string,
    pieces: readonly (ModelEvent & { text: string })[],
  ): Generator<ModelEvent> {
    for (const piece of pieces) {
      if (piece.text === '') continue;
      if (speaking !== undefined && speaking !== key) yield { type: 'message' };
      speaking = key;
      told.add(key);
      yield piece;
    }
  }

  function* itemEvents(key: string, item: Fields, isDone: boolean): Generator<ModelEvent> {
    if (item['type'] === 'function_call') {
      const text = told.has(key) ? '' : toText(item['arguments']);
      if (text !== '') told.add(key);
      yield* calls.take({
        key,
        id: toText(item['call_id']),
        name: toText(item['name']),
        arguments: text,
      });
    } else if (item['type'] === 'message' && isDone && !told.has(key)) {
      yield* speak(key, toList(item['content']).map(toFields).map(pieceOf));
    }
  }
}

/** Items are told apart by their place; by their id where a server leaves that out. */
function keyOf(event: Fields): string {
  const index = event['output_index'];
  return typeof index === 'number'
    ? String(index)
    : toText(event['item_id']) || toText(toFields(event['item'])['id']);
}

function pieceOf(part: Fields): ModelEvent & { text: string } {
  return part['type'] === 'refusal'
    ? { type: 'refusal', text: toText(part['refusal']) }
    : { type: 'text', text: part['type'] === 'output_text' ? toText(part['text']) : '' };
}

function finishOf(response: Fields): Finish {
  if (response['status'] !== 'incomplete') return 'stop';
  const reason = toText(toFields(response['incomplete_details'])['reason']);
  return reason === 'content_filter' ? 'content_filter' : 'max_completion_tokens';
}

function usageOf(used: object): ModelEvent {
  const { input_tokens: input, output_tokens: output } = toFields(used);
  return { type: 'usage', promptTokens: toCount(input), completionTokens: toCount(output) };
}
