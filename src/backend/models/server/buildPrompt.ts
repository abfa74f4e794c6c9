import type { FileObject, MessageContent } from '../../../protocol/types.js';
import type { ModelMessage, ModelRequest } from '../Model.js';
import { formatPassages } from './citationMarks.js';
import { getSearchToolName } from './createToolSet.js';
import { toImageDataUrl } from './toImageDataUrl.js';

/** Part of a message in a prompt. */
export type PromptPart =
  { type: 'text'; text: string } | { type: 'image'; url: string; detail: 'auto' | 'low' | 'high' };

/** Entry of a prompt, independent of the API of the server. */
export type PromptItem =
  | { role: 'user' | 'assistant'; parts: PromptPart[] }
  | { role: 'calls'; calls: { id: string; name: string; arguments: string }[] }
  | { role: 'output'; callId: string; output: string };

/** Maximum length of the text of one file, about 25,000 tokens. */
const MAX_FILE_LENGTH = 100_000;
/** Estimated cost of an image, in characters. */
const IMAGE_LENGTH = 4000;
const CHARACTERS_PER_TOKEN = 4;

/**
 * Builds the prompt for a request, oldest entry first. Includes the text of message files if the run cannot search them. Omits
 * the oldest entries that exceed `max_prompt_tokens`, at four characters per token. Returns undefined if even the newest entries
 * exceed it.
 */
export async function buildPrompt(request: ModelRequest): Promise<PromptItem[] | undefined> {
  const items: PromptItem[] = [];
  for (const [index, message] of request.messages.entries())
    items.push(...(await buildItems(request, message, index)));
  const limit = request.run.max_prompt_tokens;
  if (limit === null || limit === undefined) return items;
  const remainingTokens = limit - (request.usage?.prompt_tokens ?? 0);
  return dropOldestItems(
    items,
    remainingTokens * CHARACTERS_PER_TOKEN - request.instructions.length,
  );
}

async function buildItems(
  request: ModelRequest,
  message: ModelMessage,
  index: number,
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
        { role: 'output', callId: message.id, output: formatSearch(index, message) },
      ];
    }
    case 'user':
    case 'assistant': {
      const parts: PromptPart[] = [];
      for (const content of message.content)
        parts.push(...(await buildParts(request, message.role, content)));
      for (const file of message.files)
        parts.push({ type: 'text', text: await formatFile(request, file) });
      return parts.length === 0 ? [] : [{ role: message.role, parts }];
    }
  }
}

async function buildParts(
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
      // Servers reject images in assistant messages.
      return role === 'user'
        ? [{ type: 'image', url, detail: detail ?? 'auto' }]
        : [{ type: 'text', text: `[Image: ${url}]` }];
    }
    case 'image_file': {
      const { file_id: id, detail } = content.image_file;
      const url = role === 'user' ? toImageDataUrl(await request.readFile(id)) : undefined;
      return url === undefined
        ? [{ type: 'text', text: `[Image: ${id}]` }]
        : [{ type: 'image', url, detail: detail ?? 'auto' }];
    }
    default:
      return [];
  }
}

function formatSearch(index: number, { found, notice }: ModelMessage & { role: 'search' }): string {
  const passages = formatPassages(index, found);
  return notice === undefined ? passages : `${passages}\n\n${notice}`;
}

async function formatFile(request: ModelRequest, file: FileObject): Promise<string> {
  const { filename } = file;
  if (request.run.tools.some(({ type }) => type === 'file_search')) return `[File: ${filename}]`;
  const text = await request.readText(file);
  if (text === undefined || text === '') return `[File: ${filename}, which cannot be read]`;
  // Removes half of a surrogate pair at the end.
  const shown = text.slice(0, MAX_FILE_LENGTH).replace(/[\uD800-\uDBFF]$/, '');
  return `[File: ${filename}${shown.length < text.length ? ', its beginning' : ''}]\n\n${shown}`;
}

/**
 * Drops the oldest items until the rest fits. Keeps the newest user message and everything after it. Returns undefined if these
 * do not fit.
 */
function dropOldestItems(
  items: readonly PromptItem[],
  maxLength: number,
): PromptItem[] | undefined {
  const newestUserIndex = items.findLastIndex(({ role }) => role === 'user');
  const lengths = items.map(getLength);
  let length = lengths.reduce((sum, one) => sum + one, 0);
  let first = 0;
  while (length > maxLength && first < newestUserIndex) {
    length -= lengths[first] ?? 0;
    first += 1;
  }
  return length > maxLength ? undefined : items.slice(first);
}

/** Returns the estimated length of an item in characters. */
function getLength(item: PromptItem): number {
  if (item.role === 'output') return item.output.length;
  if (item.role === 'calls')
    return item.calls.reduce((sum, call) => sum + call.name.length + call.arguments.length, 0);
  return item.parts.reduce(
    (sum, part) => sum + (part.type === 'text' ? part.text.length : IMAGE_LENGTH),
    0,
  );
}
