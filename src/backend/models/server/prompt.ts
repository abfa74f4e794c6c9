import type { FileObject, MessageContent } from '../../../protocol/types.js';
import { extractText } from '../../search/extractText.js';
import type { ModelMessage, ModelRequest } from '../model.js';
import { imageUrl } from './imageUrl.js';
import { foundText } from './marks.js';
import { getSearchToolName } from './toolSet.js';

/** A piece of what was said. */
export type PromptPart =
  { type: 'text'; text: string } | { type: 'image'; url: string; detail: 'auto' | 'low' | 'high' };

/** An entry of a conversation, in no server's words yet. */
export type PromptItem =
  | { role: 'user' | 'assistant'; parts: PromptPart[] }
  | { role: 'calls'; calls: { id: string; name: string; arguments: string }[] }
  | { role: 'output'; callId: string; output: string };

/** The most of a file that is shown to a model as it is, about 25,000 tokens. */
const LONGEST_FILE = 100_000;
/** What an image counts for, in characters. */
const IMAGE_LENGTH = 4000;

/**
 * The conversation that a model is shown. Files of a message are written out where the run cannot search them. With
 * `max_prompt_tokens` the oldest entries are left out until the rest fits, four characters a token; undefined when not even
 * the newest does.
 */
export async function buildPrompt(request: ModelRequest): Promise<PromptItem[] | undefined> {
  const items: PromptItem[] = [];
  for (const [place, message] of request.messages.entries())
    items.push(...(await itemsOf(request, message, place)));
  const limit = request.run.max_prompt_tokens;
  if (limit === null || limit === undefined) return items;
  return fitting(
    items,
    (limit - (request.usage?.prompt_tokens ?? 0)) * 4 - request.instructions.length,
  );
}

async function itemsOf(
  request: ModelRequest,
  message: ModelMessage,
  place: number,
): Promise<PromptItem[]> {
  switch (message.role) {
    case 'tool-calls':
      return [{ role: 'calls', calls: message.calls }];
    case 'tool-outputs':
      return message.outputs.map(({ callId, output }) => ({ role: 'output', callId, output }));
    case 'search': {
      const call = {
        id: message.id,
        name: getSearchToolName(request),
        arguments: JSON.stringify({ query: message.query }),
      };
      return [
        { role: 'calls', calls: [call] },
        { role: 'output', callId: message.id, output: foundText(place, message.found) },
      ];
    }
    case 'user':
    case 'assistant': {
      const parts: PromptPart[] = [];
      for (const content of message.content)
        parts.push(...(await partsOf(request, message.role, content)));
      for (const file of message.files)
        parts.push({ type: 'text', text: await fileText(request, file) });
      return parts.length === 0 ? [] : [{ role: message.role, parts }];
    }
  }
}

async function partsOf(
  request: ModelRequest,
  role: 'user' | 'assistant',
  content: MessageContent,
): Promise<PromptPart[]> {
  switch (content.type) {
    case 'text':
      return content.text.value === '' ? [] : [{ type: 'text', text: content.text.value }];
    case 'refusal':
      return [{ type: 'text', text: content.refusal }];
    case 'image_url': {
      const { url, detail } = content.image_url;
      // No server takes an image in the words of the assistant.
      return role === 'user'
        ? [{ type: 'image', url, detail: detail ?? 'auto' }]
        : [{ type: 'text', text: `[Image: ${url}]` }];
    }
    case 'image_file': {
      const { file_id: id, detail } = content.image_file;
      const url = role === 'user' ? imageUrl(await request.readFile(id)) : undefined;
      return url === undefined
        ? [{ type: 'text', text: `[Image: ${id}]` }]
        : [{ type: 'image', url, detail: detail ?? 'auto' }];
    }
    default:
      return [];
  }
}

async function fileText(request: ModelRequest, { id, filename }: FileObject): Promise<string> {
  if (request.run.tools.some(({ type }) => type === 'file_search')) return `[File: ${filename}]`;
  const bytes = await request.readFile(id);
  const text = bytes && (await extractText(filename, bytes));
  if (text === undefined || text === '') return `[File: ${filename}, which cannot be read]`;
  // A character is never cut in half.
  const shown = text.slice(0, LONGEST_FILE).replace(/[\uD800-\uDBFF]$/, '');
  return `[File: ${filename}${shown.length < text.length ? ', its beginning' : ''}]\n\n${shown}`;
}

/** Leaves out what is oldest, but never what came since the person last spoke. */
function fitting(items: readonly PromptItem[], room: number): PromptItem[] | undefined {
  const latest = Math.max(
    0,
    items.findLastIndex(({ role }) => role === 'user'),
  );
  const lengths = items.map(lengthOf);
  let length = lengths.reduce((sum, one) => sum + one, 0);
  let first = 0;
  while (length > room && first < latest) length -= lengths[first++] ?? 0;
  return length > room ? undefined : items.slice(first);
}

function lengthOf(item: PromptItem): number {
  if (item.role === 'output') return item.output.length;
  if (item.role === 'calls')
    return item.calls.reduce((sum, call) => sum + call.name.length + call.arguments.length, 0);
  return item.parts.reduce(
    (sum, part) => sum + (part.type === 'text' ? part.text.length : IMAGE_LENGTH),
    0,
  );
}
