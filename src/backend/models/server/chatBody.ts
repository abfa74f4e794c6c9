import type { ModelRequest } from '../model.js';
import type { PromptItem, PromptPart } from './prompt.js';
import { sampling, tokensLeft } from './settings.js';
import type { ToolSet } from './toolSet.js';

type Content =
  | string
  | (
      | { type: 'text'; text: string }
      | { type: 'image_url'; image_url: { url: string; detail: string } }
    )[];

interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: Content | null;
  tool_calls?: { id: string; type: 'function'; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
}

/** What a server may not know, and is left out or said in older words once it has refused it. */
export type Refusable = 'stream_options' | 'max_completion_tokens';

/** The body of a streamed chat completion. */
export function chatBody(
  request: ModelRequest,
  {
    model,
    items,
    tools,
    refused,
  }: {
    model: string;
    items: readonly PromptItem[];
    tools: ToolSet;
    refused: ReadonlySet<Refusable>;
  },
): object {
  const { run, reasoningEffort } = request;
  const left = tokensLeft(request);
  const format = run.response_format;
  return {
    model,
    messages: chatMessages(request.instructions, items),
    stream: true,
    ...(refused.has('stream_options') ? {} : { stream_options: { include_usage: true } }),
    ...(left === undefined
      ? {}
      : { [refused.has('max_completion_tokens') ? 'max_tokens' : 'max_completion_tokens']: left }),
    ...sampling(request),
    ...(typeof format === 'object' && format !== null && format.type !== 'text'
      ? { response_format: format }
      : {}),
    ...(reasoningEffort === null ? {} : { reasoning_effort: reasoningEffort }),
    ...(tools.functions.length === 0
      ? {}
      : { tools: tools.functions.map((one) => ({ type: 'function', function: one })) }),
    ...(tools.choice === undefined ? {} : { tool_choice: choice(tools.choice) }),
    ...(tools.parallel === undefined ? {} : { parallel_tool_calls: tools.parallel }),
  };
}

function choice(chosen: NonNullable<ToolSet['choice']>): unknown {
  return typeof chosen === 'string'
    ? chosen
    : { type: 'function', function: { name: chosen.name } };
}

function chatMessages(instructions: string, items: readonly PromptItem[]): ChatMessage[] {
  const messages: ChatMessage[] =
    instructions === '' ? [] : [{ role: 'system', content: instructions }];
  for (const item of items) {
    if (item.role === 'calls') {
      const tool_calls = item.calls.map(({ id, name, arguments: text }) => ({
        id,
        type: 'function' as const,
        function: { name, arguments: text },
      }));
      // What was said before a call and the call are one message there, and some servers want them to take turns.
      const last = messages.at(-1);
      if (last?.role === 'assistant' && last.tool_calls === undefined) last.tool_calls = tool_calls;
      else messages.push({ role: 'assistant', content: null, tool_calls });
    } else if (item.role === 'output') {
      messages.push({ role: 'tool', tool_call_id: item.callId, content: item.output });
    } else {
      messages.push({ role: item.role, content: contentOf(item.parts) });
    }
  }
  return messages;
}

/** Text alone as a string: not every server takes parts. */
function contentOf(parts: readonly PromptPart[]): Content {
  if (parts.every((part) => part.type === 'text'))
    return parts.map((part) => part.text).join('\n\n');
  return parts.map((part) =>
    part.type === 'text'
      ? { type: 'text' as const, text: part.text }
      : { type: 'image_url' as const, image_url: { url: part.url, detail: part.detail } },
  );
}
