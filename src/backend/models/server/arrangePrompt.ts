import type { AssistantItem, PromptItem, PromptPart } from './PromptItem.js';

/** Forms of messages that a server accepts. */
export interface MessageForms {
  /** Instructions as a message of their own. Otherwise they are the start of the first user message. */
  systemRole: boolean;
  /** Conversations that start or end with the assistant. */
  anyRoleOrder: boolean;
  /** Messages and outputs without text. */
  emptyContent: boolean;
}

/** Instructions and messages in the form that a server accepts. */
export interface ArrangedPrompt {
  instructions: string;
  items: readonly PromptItem[];
}

/** Takes the place of a user message, before a conversation that starts with the assistant. */
const START = 'Start the conversation.';
const CONTINUE = 'Continue.';
const EMPTY_MESSAGE = '[Empty message]';
const EMPTY_OUTPUT = '[Empty output]';

/**
 * Arranges a prompt for a server. Always joins consecutive messages of one role, because many servers and templates require
 * alternating roles.
 */
export function arrangePrompt(
  { instructions, items }: ArrangedPrompt,
  forms: MessageForms,
): ArrangedPrompt {
  const filled = forms.emptyContent ? items : items.flatMap(fillItem);
  const joined = joinNeighbours(filled);
  const ordered = forms.anyRoleOrder ? joined : addUserMessages(joined);
  if (forms.systemRole || instructions.trim() === '') return { instructions, items: ordered };
  return { instructions: '', items: prependInstructions(instructions, ordered) };
}

/** Replaces the images that a function selects by their names. */
export function replaceImages(
  items: readonly PromptItem[],
  isReplaced: (url: string) => boolean,
): readonly PromptItem[] {
  const replace = (part: PromptPart): PromptPart =>
    part.type === 'image' && isReplaced(part.url)
      ? { type: 'text', text: `[Image: ${part.name}]` }
      : part;
  return items.map((item) =>
    item.role === 'output' ? item : { ...item, parts: item.parts.map(replace) },
  );
}

function joinNeighbours(items: readonly PromptItem[]): PromptItem[] {
  const joined: PromptItem[] = [];
  for (const item of items) {
    const last = joined.at(-1);
    if (item.role === 'user' && last?.role === 'user') {
      joined[joined.length - 1] = { role: 'user', parts: [...last.parts, ...item.parts] };
    } else if (item.role === 'assistant' && last?.role === 'assistant') {
      joined[joined.length - 1] = joinAssistant(last, item);
    } else {
      joined.push(item);
    }
  }
  return joined;
}

function joinAssistant(last: AssistantItem, item: AssistantItem): AssistantItem {
  const providerData = item.providerData ?? last.providerData;
  return {
    role: 'assistant',
    parts: [...last.parts, ...item.parts],
    calls: [...last.calls, ...item.calls],
    ...(providerData === undefined ? {} : { providerData }),
  };
}

/** Removes blank text. Fills user messages and outputs that have no other content, and drops such messages of the assistant. */
function fillItem(item: PromptItem): PromptItem[] {
  if (item.role === 'output') {
    return [item.output.trim() === '' ? { ...item, output: EMPTY_OUTPUT } : item];
  }
  const parts = item.parts.filter((part) => part.type !== 'text' || part.text.trim() !== '');
  if (parts.length > 0) return [{ ...item, parts }];
  if (item.role === 'user') return [{ role: 'user', parts: [toPart(EMPTY_MESSAGE)] }];
  if (item.calls.length === 0) return [];
  // Content of null or without text is rejected by some servers, even if calls follow it.
  const names = [...new Set(item.calls.map(({ name }) => name))].join(', ');
  return [{ ...item, parts: [toPart(`Calling ${names}.`)] }];
}

/** Lets a prompt start with a user message, and end with a user message or an output. */
function addUserMessages(items: readonly PromptItem[]): readonly PromptItem[] {
  const start = items[0]?.role === 'user' ? [] : [toUserItem(START)];
  const end = items.at(-1)?.role === 'assistant' ? [toUserItem(CONTINUE)] : [];
  return [...start, ...items, ...end];
}

function prependInstructions(
  instructions: string,
  items: readonly PromptItem[],
): readonly PromptItem[] {
  const [first, ...rest] = items;
  if (first?.role !== 'user') return [toUserItem(instructions), ...items];
  return [{ role: 'user', parts: [toPart(instructions), ...first.parts] }, ...rest];
}

function toUserItem(text: string): PromptItem {
  return { role: 'user', parts: [toPart(text)] };
}

function toPart(text: string): PromptPart {
  return { type: 'text', text };
}
