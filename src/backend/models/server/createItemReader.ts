import type { ModelEvent } from '../Model.js';
import type { ToolCallCollector } from './collectToolCalls.js';
import { createItemKeys } from './createItemKeys.js';
import { pickOpaqueFields } from './opaqueFields.js';
import { toArgumentsText } from './readCallFragments.js';
import { createReasoningReader } from './createReasoningReader.js';
import { createTextReader, type TextType } from './createTextReader.js';
import { type Fields, toCount, toFields, toJoinedText, toList, toText } from './toFields.js';

const NO_FIELDS: ReadonlySet<string> = new Set();

/** Creates a reader for the items of a response. Each item with text becomes one message. */
export function createItemReader(calls: ToolCallCollector) {
  const keys = createItemKeys();
  const texts = createTextReader();
  const reasoning = createReasoningReader(calls);

  function* addCall(key: string, item: Fields, isFinal: boolean): Events {
    const { call_id: id, name, arguments: args } = item;
    const known = calls.list().find((call) => call.serverId !== '' && call.serverId === id);
    // An item of the final response may have another index than in the stream.
    const callKey = calls.list().some((call) => call.key === key) ? key : (known?.key ?? key);
    yield* calls.add({
      key: callKey,
      id: toText(id),
      name: toText(name),
      arguments: toArgumentsText(args),
      isFinal,
      fields: pickOpaqueFields({ id: item['id'] }, NO_FIELDS),
    });
  }

  function* addArguments(event: Fields, text: string, isFinal: boolean): Events {
    const key = keys.get(event);
    // Ignores arguments of other items, such as calls of tools that the server runs itself.
    if (calls.list().some((call) => call.key === key))
      yield* calls.add({ key, id: '', name: toText(event['name']), arguments: text, isFinal });
  }

  function* addPart(key: string, part: number, value: unknown): Events {
    const fields = toFields(value);
    if (/reasoning|summary/.test(toText(fields['type']))) return;
    const type: TextType = fields['type'] === 'refusal' ? 'refusal' : 'text';
    yield* texts.addFinal({ key, part, type }, toJoinedText(value));
  }

  function* addMessage(key: string, item: Fields): Events {
    for (const [index, part] of toParts(item).entries()) yield* addPart(key, index, part);
  }

  function* addItem(key: string, item: Fields): Events {
    if (item['type'] === 'function_call') yield* addCall(key, item, true);
    else if (isMessage(item)) yield* addMessage(key, item);
    else if (item['type'] === 'reasoning') yield* reasoning.addItem(key, item);
  }

  function* addText(event: Fields, type: TextType, isFinal: boolean): Events {
    const place = { key: keys.get(event), part: toCount(event['content_index']), type };
    if (isFinal) yield* texts.addFinal(place, toJoinedText(event[type]));
    else yield* texts.add(place, toJoinedText(event['delta']));
  }

  function* addEvent(event: Fields, type: string): Events {
    if (texts.isRepeated(event)) return;
    const item = toFields(event['item']);
    if (/^response\.reasoning\w*(?:\.\w+)?\.delta$/.test(type))
      return yield* reasoning.add(keys.get(event), toText(event['delta']));
    const [, name, change] = /^response\.(output_text|refusal)\.(delta|done)$/.exec(type) ?? [];
    if (name !== undefined)
      return yield* addText(event, name === 'refusal' ? name : 'text', change === 'done');
    switch (type) {
      case 'response.content_part.done':
        return yield* addPart(keys.get(event), toCount(event['content_index']), event['part']);
      case 'response.function_call_arguments.delta':
        return yield* addArguments(event, toText(event['delta']), false);
      case 'response.function_call_arguments.done':
        return yield* addArguments(event, toText(event['arguments']), true);
      case 'response.output_item.added':
        if (item['type'] === 'function_call') yield* addCall(keys.get(event), item, false);
        return;
      case 'response.output_item.done':
        return yield* addItem(keys.get(event), item);
      default:
      // Other events repeat parts of these, or are about tools that the server runs itself.
    }
  }

  return {
    addEvent,
    /** Adds the items of the final response that were not streamed. */
    *addOutput(response: Fields): Events {
      for (const [index, value] of toList(response['output']).entries()) {
        const item = toFields(value);
        const isAnonymous = isMessage(item) && keys.hasAnonymous();
        if (!isAnonymous) yield* addItem(keys.get({ output_index: index, item }), item);
      }
      if (!texts.hasContent()) yield* addPart('', 0, response['output_text']);
    },
    flush: () => texts.flush(),
    hasContent: () => texts.hasContent() || calls.list().length > 0,
    getTurn: reasoning.getTurn,
  };
}

/** Returns true for a message. Some servers omit its type, or put a part in its place. */
function isMessage({ type, role }: Fields): boolean {
  return (
    type === 'message' || type === 'output_text' || (type === undefined && role === 'assistant')
  );
}

function toParts(item: Fields): readonly unknown[] {
  const { type, content } = item;
  if (type === 'output_text') return [item];
  return Array.isArray(content) ? content : [content];
}

type Events = Generator<ModelEvent, void, void>;
