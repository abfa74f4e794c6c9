import type { ModelEvent } from '../Model.js';
import type { ThinkFilter } from './createThinkFilter.js';
import { isCallPart } from './listCalls.js';
import { type Fields, toFields, toJoinedText, toList, toText } from './toFields.js';

/** Fields with reasoning, in the notations of different servers. Some servers send the same reasoning in several of them. */
export const REASONING_FIELDS = [
  'reasoning_content',
  'reasoning',
  'thinking',
  'thinking_content',
  'reasoning_text',
  'thought',
];
/** Fields with reasoning in parts, of which some are encrypted. */
const REASONING_LISTS = ['reasoning_details', 'thinking_blocks'];

/** Yields the reasoning, text and refusal of a delta or a message. */
export function* readChatContent(
  delta: Fields,
  think: ThinkFilter,
): Generator<ModelEvent, void, void> {
  const reasoning = readReasoning(delta);
  if (reasoning !== '') {
    think.skipReasoning();
    yield { type: 'reasoning', text: reasoning };
  }
  const isThought = toFields(toFields(delta['extra_content'])['google'])['thought'] === true;
  for (const { type, text } of readParts(delta['content'])) {
    if (type === 'text' && !isThought) yield* think.add(text);
    else if (text !== '') yield { type: isThought ? 'reasoning' : type, text };
  }
  const refusal = toJoinedText(delta['refusal']);
  if (refusal !== '') yield { type: 'refusal', text: refusal };
}

/** Returns the text of a message, without its reasoning and refusals. */
export function getContentText(content: unknown): string {
  return readParts(content)
    .filter(({ type }) => type === 'text')
    .map(({ text }) => text)
    .join('');
}

function readReasoning(delta: Fields): string {
  for (const name of REASONING_FIELDS) {
    const text = toJoinedText(delta[name]);
    if (text !== '') return text;
  }
  for (const name of REASONING_LISTS) {
    const details = delta[name];
    const list = Array.isArray(details) ? details : [details];
    const text = list.map(readReasoningDetail).join('');
    if (text !== '') return text;
  }
  return '';
}

/** Reads content that is text, or a list of parts with text, reasoning, refusals and calls. */
function readParts(content: unknown): { type: 'text' | 'reasoning' | 'refusal'; text: string }[] {
  const parts = Array.isArray(content) ? toList(content) : [content];
  return parts
    .filter((part) => !isCallPart(part))
    .map((item) => {
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
  const { text, summary, thinking } = toFields(detail);
  return toText(text) || toText(summary) || toText(thinking);
}
