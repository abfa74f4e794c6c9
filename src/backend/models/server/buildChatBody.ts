import type { ModelRequest } from '../Model.js';
import type { PromptItem, PromptPart } from './buildPrompt.js';
import type { ToolSet } from './createToolSet.js';
import { getSamplingOptions, getRemainingTokens } from './runSettings.js';

type ChatContent =
  | string
  | (
      | { type: 'text'; text: string }
      | { type: 'image_url'; image_url: { url: string; detail: string } }
    )[];

interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: ChatContent | null;
  tool_calls?: { id: string; type: 'function'; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
}

/** Parameter that some servers reject. It is then omitted or replaced by its older name. */
export type OptionalParameter = 'stream_options' | 'max_completion_tokens';

/** Input of `buildChatBody`. */
export interface ChatBodyOptions {
  model: string;
  items: readonly PromptItem[];
  tools: ToolSet;
  /** Parameters that the server has rejected. */
  rejected: ReadonlySet<OptionalParameter>;
}

/** Builds the body of a streamed chat completion. */
export function buildChatBody(
  request: ModelRequest,
  { model, items, tools, rejected }: ChatBodyOptions,
): object {
  return {
    model,
    messages: buildChatMessages(request.instructions, items),
    stream: true,
    ...(rejected.has('stream_options') ? {} : { stream_options: { include_usage: true } }),
    ...buildTokenLimit(request, rejected),
    ...getSamplingOptions(request),
    ...buildFormat(request),
    ...(request.reasoningEffort === null ? {} : { reasoning_effort: request.reasoningEffort }),
    ...buildTools(tools),
  };
}

function buildTokenLimit(
  request: ModelRequest,
  rejected: ReadonlySet<OptionalParameter>,
): Record<string, number> {
  const remainingTokens = getRemainingTokens(request);
  if (remainingTokens === undefined) return {};
  // The older name of the parameter.
  if (rejected.has('max_completion_tokens')) return { max_tokens: remainingTokens };
  return { max_completion_tokens: remainingTokens };
}

function buildFormat({ run: { response_format: format } }: ModelRequest): object {
  if (typeof format !== 'object' || format === null || format.type === 'text') return {};
  return { response_format: format };
}

function buildTools({ functions, choice, parallel }: ToolSet): object {
  return {
    ...(functions.length === 0
      ? {}
      : { tools: functions.map((one) => ({ type: 'function', function: one })) }),
    ...(choice === undefined ? {} : { tool_choice: buildToolChoice(choice) }),
    ...(parallel === undefined ? {} : { parallel_tool_calls: parallel }),
  };
}

function buildToolChoice(choice: NonNullable<ToolSet['choice']>): unknown {
  return typeof choice === 'string'
    ? choice
    : { type: 'function', function: { name: choice.name } };
}

function buildChatMessages(instructions: string, items: readonly PromptItem[]): ChatMessage[] {
  const messages: ChatMessage[] =
    instructions === '' ? [] : [{ role: 'system', content: instructions }];
  for (const item of items) {
    if (item.role === 'calls') {
      const tool_calls = item.calls.map(({ id, name, arguments: text }) => ({
        id,
        type: 'function' as const,
        function: { name, arguments: text },
      }));
      // Text and the calls after it are one message in this API, and some servers reject two assistant messages in a row.
      const last = messages.at(-1);
      if (last?.role === 'assistant' && last.tool_calls === undefined) last.tool_calls = tool_calls;
      else messages.push({ role: 'assistant', content: null, tool_calls });
    } else if (item.role === 'output') {
      messages.push({ role: 'tool', tool_call_id: item.callId, content: item.output });
    } else {
      messages.push({ role: item.role, content: buildContent(item.parts) });
    }
  }
  return messages;
}

/** Returns content that has only text as a string, because some servers do not support parts. */
function buildContent(parts: readonly PromptPart[]): ChatContent {
  if (parts.every((part) => part.type === 'text'))
    return parts.map((part) => part.text).join('\n\n');
  return parts.map((part) =>
    part.type === 'text'
      ? { type: 'text' as const, text: part.text }
      : { type: 'image_url' as const, image_url: { url: part.url, detail: part.detail } },
  );
}
