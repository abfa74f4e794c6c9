import { sliceText } from '../../../common/sliceText.js';
import type { FileObject, MessageContent } from '../../../protocol/types.js';
import { isRecord } from '../../../common/isRecord.js';
import { tryParseJson } from '../../../common/tryParseJson.js';
import type { ModelMessage, ModelRequest, ModelTurn } from '../Model.js';
import { formatPassages } from './citationMarks.js';
import { getSearchToolName } from './createToolSet.js';
import type { AssistantItem, PromptCall, PromptItem, PromptPart } from './PromptItem.js';
import { toImageDataUrl } from './toImageDataUrl.js';

/** Maximum length of the text of one file, about 25,000 tokens. */
const MAX_FILE_LENGTH = 100_000;

/**
 * Builds the prompt for a request, oldest entry first. The text and the calls of one answer of the run are one entry.
 * Includes the text of message files if the run cannot search them.
 *
 * @param searchName Name of the function that searches files.
 */
export async function buildPrompt(
  request: ModelRequest,
  searchName = getSearchToolName(request),
): Promise<PromptItem[]> {
  const items: PromptItem[] = [];
  const answers = new Map<ModelTurn, AssistantItem>();
  for (const [index, message] of request.messages.entries()) {
    const turn = request.turns.find(({ messages }) => messages.includes(index));
    for (const item of await buildItems(request, message, { index, searchName })) {
      const answer = turn && answers.get(turn);
      if (item.role !== 'assistant' || turn === undefined) items.push(item);
      // Text that follows the calls of an answer is stored after their outputs.
      else if (answer !== undefined) joinAnswers(answer, addData(item, turn));
      else {
        items.push(item);
        answers.set(turn, addData(item, turn));
      }
    }
  }
  return items;
}

function joinAnswers(answer: AssistantItem, { parts, calls }: AssistantItem): void {
  answer.parts.push(...parts);
  answer.calls.push(...calls);
}

/** Adds the data of the server to an answer and its calls. */
function addData(item: AssistantItem, { providerData, calls }: ModelTurn): AssistantItem {
  if (providerData !== undefined) item.providerData = providerData;
  for (const call of item.calls)
    if (Object.hasOwn(calls, call.id)) call.providerData = calls[call.id];
  return item;
}

async function buildItems(
  request: ModelRequest,
  message: ModelMessage,
  { index, searchName }: { index: number; searchName: string },
): Promise<PromptItem[]> {
  switch (message.role) {
    case 'tool-calls':
      return [{ role: 'assistant', parts: [], calls: message.calls.map(toPromptCall) }];
    case 'tool-outputs':
      return message.outputs.map(({ callId, output }) => ({ role: 'output', callId, output }));
    case 'search': {
      const { id, query } = message;
      const call = { id, name: searchName, arguments: JSON.stringify({ query }) };
      return [
        { role: 'assistant', parts: [], calls: [call] },
        { role: 'output', callId: id, output: formatSearch(index, message) },
      ];
    }
    case 'user':
    case 'assistant': {
      const parts: PromptPart[] = [];
      for (const content of message.content)
        parts.push(...(await buildParts(request, message.role, content)));
      for (const file of message.files)
        parts.push({ type: 'text', text: await formatFile(request, file) });
      if (parts.length === 0) return [];
      return message.role === 'user'
        ? [{ role: 'user', parts }]
        : [{ role: 'assistant', parts, calls: [] }];
    }
  }
}

/** Wraps arguments that are not an object: a server that parses them would refuse this and all further requests of the run. */
function toPromptCall(call: { id: string; name: string; arguments: string }): PromptCall {
  return isRecord(tryParseJson(call.arguments))
    ? { ...call }
    : { ...call, arguments: JSON.stringify({ invalid_arguments: call.arguments }) };
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
        ? [{ type: 'image', url, detail: detail ?? 'auto', name: getImageName(url) }]
        : [{ type: 'text', text: `[Image: ${getImageName(url)}]` }];
    }
    case 'image_file': {
      const { file_id: id, detail } = content.image_file;
      const name = (await request.getFile(id))?.filename ?? id;
      const url = role === 'user' ? toImageDataUrl(await request.readFile(id)) : undefined;
      return url === undefined
        ? [{ type: 'text', text: `[Image: ${name}]` }]
        : [{ type: 'image', url, detail: detail ?? 'auto', name }];
    }
    default:
      return [];
  }
}

/** Returns the name of an image for models that cannot see it. A data URL has none. */
function getImageName(url: string): string {
  return url.startsWith('data:') ? 'attached image' : url;
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
  const shown = sliceText(text, 0, MAX_FILE_LENGTH);
  return `[File: ${filename}${shown.length < text.length ? ', its beginning' : ''}]\n\n${shown}`;
}
