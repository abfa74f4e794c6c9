import { isRecord } from '../../../common/isRecord.js';
import type { ModelEvent } from '../Model.js';
import type { ToolCallCollector } from './collectToolCalls.js';
import { createBuiltInReader, isBuiltInCall } from './createBuiltInReader.js';
import { createCitationReader, type ServerFileEvent } from './createCitationReader.js';
import { createItemKeys } from './createItemKeys.js';
import { isCallPart } from './listCalls.js';
import { createCallReader } from './createCallReader.js';
import { createReasoningReader } from './createReasoningReader.js';
import type { ThinkOptions } from './createThinkFilter.js';
import { createTextReader, type TextType } from './createTextReader.js';
import { type Fields, toCount, toFields, toJoinedText, toList, toText } from './toFields.js';

/** Creates a reader for the items of a response. Each item with text becomes one message. */
export function createItemReader(calls: ToolCallCollector, think: ThinkOptions) {
  const keys = createItemKeys();
  const callReader = createCallReader(calls);
  const texts = createTextReader(think);
  const reasoning = createReasoningReader(calls);
  const citations = createCitationReader((place) => texts.getText(place));
  const builtIn = createBuiltInReader();

  function* addPart(key: string, part: number, value: unknown): Events {
    const fields = toFields(value);
    if (/reasoning|summary/.test(toText(fields['type'])))
      return yield* reasoning.addFinal(`${key} ${part}`, toJoinedText(value));
    const type: TextType = fields['type'] === 'refusal' ? 'refusal' : 'text';
    yield* texts.addFinal({ key, part, type }, toJoinedText(value));
    yield* citations.finishPart({ key, part }, fields);
  }

  function* addMessage(key: string, item: Fields): Events {
    yield* reasoning.addFinal(key, toJoinedText(item['reasoning_content']));
    for (const [index, part] of toParts(item).entries()) yield* addPart(key, index, part);
  }

  function* addItem(key: string, item: Fields): Events {
    if (isCallPart(item)) yield* callReader.addItem(key, item, true);
    else if (isMessage(item)) yield* addMessage(key, item);
    else if (item['type'] === 'reasoning') yield* reasoning.addItem(key, item);
    else if (isBuiltInCall(item)) {
      reasoning.keep(key, item);
      yield* builtIn.finish(key, item);
    }
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
      return yield* reasoning.add(keys.get(event), toJoinedText(event['delta']));
    const [, name, change] = /^response\.(output_text|refusal)\.(delta|done)$/.exec(type) ?? [];
    if (name !== undefined)
      return yield* addText(event, name === 'refusal' ? name : 'text', change === 'done');
    switch (type) {
      case 'response.content_part.done':
        return yield* addPart(keys.get(event), toCount(event['content_index']), event['part']);
      case 'response.function_call_arguments.delta':
        return yield* callReader.addArguments(keys.get(event), event, event['delta'], false);
      case 'response.function_call_arguments.done':
        return yield* callReader.addArguments(keys.get(event), event, event['arguments'], true);
      case 'response.output_text.annotation.added':
        return citations.add(keys.get(event), event);
      case 'response.output_item.added':
        if (isCallPart(item)) yield* callReader.addItem(keys.get(event), item, false);
        else if (isBuiltInCall(item)) yield* builtIn.start(keys.get(event), item);
        return;
      case 'response.output_item.done':
        return yield* addItem(keys.get(event), item);
      default:
      // Other events repeat parts of these, or tell how far a tool is that the server runs itself.
    }
  }

  return {
    addEvent,
    /** Adds the items of the final response that were not streamed. */
    *addOutput(response: Fields): Events {
      for (const [index, value] of toItems(response['output']).entries()) {
        const item = toFields(value);
        const isAnonymous = isMessage(item) && keys.hasAnonymous();
        if (!isAnonymous) yield* addItem(keys.get({ output_index: index, item }), item);
      }
      if (!texts.hasContent()) yield* addPart('', 0, response['output_text']);
    },
    *flush(isWhole: boolean): Events {
      yield* texts.flush(isWhole);
      yield* citations.flush();
    },
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

/** Returns the items of a response. Some servers send one item or text in place of a list, or an object with indexes as keys. */
function toItems(output: unknown): readonly unknown[] {
  if (typeof output === 'string') return [{ type: 'output_text', text: output }];
  if (!isRecord(output)) return toList(output);
  return 'type' in output ? [output] : Object.values(output);
}

function toParts(item: Fields): readonly unknown[] {
  const { type, content } = item;
  if (type === 'output_text') return [item];
  return Array.isArray(content) ? content : [content];
}

type Events = Generator<ModelEvent | ServerFileEvent, void, void>;
