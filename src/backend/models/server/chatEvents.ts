import type { ModelEvent } from '../model.js';
import { type ToolCallCollector, collectToolCalls } from './calls.js';
import { toCount, toFields, toList, toText } from './fields.js';
import { DONE } from './modelServer.js';
import { ServerFault } from './serverFault.js';

type Finish = (ModelEvent & { type: 'finish' })['reason'];

const REASONS: Readonly<Record<string, Finish>> = {
  stop: 'stop',
  length: 'max_completion_tokens',
  content_filter: 'content_filter',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
};

/** The chunks of a chat completion, or a whole one, as events. @throws ServerFault when it ends in the middle */
export async function* chatEvents(
  chunks: AsyncIterable<unknown>,
  searchName: string | undefined,
): AsyncGenerator<ModelEvent, void, void> {
  const calls = collectToolCalls(searchName);
  let blank = '';
  let hasSpoken = false;
  let finish: Finish | undefined;
  let usage: ModelEvent | undefined;

  for await (const chunk of chunks) {
    if (chunk === DONE) {
      finish ??= 'stop';
      break;
    }
    const { usage: used, choices } = toFields(chunk);
    if (used !== undefined && used !== null) usage = usageOf(used);
    const choice = toFields(toList(choices)[0]);
    const delta = toFields(choice['delta'] ?? choice['message']);

    const text = written(delta['content']);
    // Some models put an empty line before a call: no message is made of that.
    if (!hasSpoken && text.trim() === '') blank += text;
    else if (text !== '') {
      yield { type: 'text', text: hasSpoken ? text : blank + text };
      hasSpoken = true;
    }
    const refusal = toText(delta['refusal']);
    if (refusal !== '') yield { type: 'refusal', text: refusal };
    for (const piece of toList(delta['tool_calls'])) yield* calls.take(pieceOf(piece, calls));
    if (delta['function_call'] !== undefined && delta['function_call'] !== null) {
      yield* calls.take(pieceOf({ index: 0, function: delta['function_call'] }, calls));
    }
    const reason = toText(choice['finish_reason']);
    if (reason !== '') finish = REASONS[reason] ?? 'stop';
  }
  if (finish === undefined) {
    throw new ServerFault('server_error', 'The model server stopped in the middle of its answer.', {
      retryable: true,
    });
  }
  const isWhole = finish === 'stop' || finish === 'tool_calls';
  if (usage !== undefined) yield usage;
  if (isWhole) yield* calls.end();
  yield { type: 'finish', reason: isWhole && calls.keys().length > 0 ? 'tool_calls' : finish };
}

/**
 * A piece of a call by its key: its index. Servers that give none begin a call with an id, or with a name; others give the
 * same index to all calls, told apart by their ids.
 */
function pieceOf(value: unknown, calls: ToolCallCollector) {
  const piece = toFields(value);
  const called = toFields(piece['function']);
  const id = toText(piece['id']);
  const name = toText(called['name']);
  const written = called['arguments'];
  const text =
    typeof written === 'object' && written !== null ? JSON.stringify(written) : toText(written);
  const index = typeof piece['index'] === 'number' ? String(piece['index']) : undefined;
  const keys = calls.keys();
  const near = index === undefined ? keys : keys.filter((key) => key.startsWith(`${index} `));
  const byId = id === '' ? undefined : near.find((key) => key.endsWith(` ${id}`));
  const known = byId ?? near.at(-1);
  // A call says its name in its first piece, and some servers name and id in every piece.
  const isNew =
    known === undefined ||
    (byId === undefined && name !== '' && (id !== '' || index === undefined));
  return { key: isNew ? `${index ?? keys.length} ${id}` : known, id, name, arguments: text };
}

/** Text, or the text of parts. */
function written(content: unknown): string {
  if (typeof content === 'string') return content;
  return toList(content)
    .map((part) => toText(toFields(part)['text']))
    .join('');
}

function usageOf(used: unknown): ModelEvent {
  const { prompt_tokens: prompt, completion_tokens: completion } = toFields(used);
  return { type: 'usage', promptTokens: toCount(prompt), completionTokens: toCount(completion) };
}
