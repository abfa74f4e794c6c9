import type { ModelRequest } from '../Model.js';
import type { ArrangedPrompt } from './arrangePrompt.js';
import type { Profile } from './createProfiles.js';
import type { ToolSet } from './createToolSet.js';
import { omitFields } from './omitFields.js';
import type { AssistantItem, PromptItem, PromptPart } from './PromptItem.js';
import { getSamplingOptions, getRemainingTokens } from './runSettings.js';
import { readServerCall, readTurnFields, toServerCallIds } from './toServerCallIds.js';

type ChatContent =
  | string
  | (
      | { type: 'text'; text: string }
      | { type: 'image_url'; image_url: { url: string; detail: string } }
    )[];

interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: ChatContent | null;
  tool_calls?: object[];
  tool_call_id?: string;
}

/** Input of the functions that build bodies. */
export interface BodyOptions {
  model: string;
  prompt: ArrangedPrompt;
  tools: ToolSet;
  profile: Profile;
  isStreamed: boolean;
}

/** Builds the body of a chat completion. */
export function buildChatBody(
  request: ModelRequest,
  { model, prompt, tools, profile, isStreamed }: BodyOptions,
): Record<string, unknown> {
  return omitFields(
    {
      model,
      messages: buildChatMessages(prompt, profile),
      stream: isStreamed,
      ...(isStreamed ? { stream_options: { include_usage: true } } : {}),
      ...buildTokenLimit(request, profile),
      ...getSamplingOptions(request),
      ...buildFormat(request),
      ...(request.reasoningEffort === null ? {} : { reasoning_effort: request.reasoningEffort }),
      ...buildTools(tools, profile),
    },
    profile,
  );
}

function buildTokenLimit(request: ModelRequest, { omitted }: Profile): Record<string, number> {
  const remainingTokens = getRemainingTokens(request);
  if (remainingTokens === undefined) return {};
  // The older name of the parameter.
  if (omitted.has('max_completion_tokens')) return { max_tokens: remainingTokens };
  return { max_completion_tokens: remainingTokens };
}

function buildFormat({ run: { response_format: format } }: ModelRequest): object {
  if (typeof format !== 'object' || format === null || format.type === 'text') return {};
  return { response_format: format };
}

function buildTools({ functions, choice, parallel }: ToolSet, { omitted }: Profile): object {
  return {
    ...(functions.length === 0
      ? {}
      : {
          tools: functions.map(({ strict, ...definition }) => ({
            type: 'function',
            function: {
              ...definition,
              // Some servers refuse functions without a schema.
              parameters: definition.parameters ?? { type: 'object', properties: {} },
              ...(strict === undefined || omitted.has('strict') ? {} : { strict }),
            },
          })),
        }),
    ...(choice === undefined ? {} : { tool_choice: buildToolChoice(choice) }),
    ...(parallel === undefined ? {} : { parallel_tool_calls: parallel }),
  };
}

function buildToolChoice(choice: NonNullable<ToolSet['choice']>): unknown {
  // Only the other API has tools that the server runs itself.
  return typeof choice === 'string' || 'builtIn' in choice
    ? choice
    : { type: 'function', function: { name: choice.name } };
}

function buildChatMessages(
  { instructions, items }: ArrangedPrompt,
  profile: Profile,
): ChatMessage[] {
  const ids = toServerCallIds(items);
  const messages = items.map((item) => buildChatMessage(item, ids, profile));
  return instructions === '' ? messages : [{ role: 'system', content: instructions }, ...messages];
}

function buildChatMessage(
  item: PromptItem,
  ids: ReadonlyMap<string, string>,
  profile: Profile,
): ChatMessage {
  switch (item.role) {
    case 'user':
      return { role: 'user', content: buildContent(item.parts) };
    case 'output':
      return {
        role: 'tool',
        tool_call_id: ids.get(item.callId) ?? item.callId,
        content: item.output,
      };
    case 'assistant':
      return buildAssistantMessage(item, ids, profile);
  }
}

function buildAssistantMessage(
  item: AssistantItem,
  ids: ReadonlyMap<string, string>,
  profile: Profile,
): ChatMessage {
  const content = item.parts.length === 0 ? null : buildContent(item.parts);
  if (item.calls.length === 0) return { role: 'assistant', content };
  const tool_calls = item.calls.map(({ id, name, arguments: text, providerData }) => {
    const { fields, functionFields } = readServerCall(providerData);
    return {
      ...omitFields(fields, profile),
      id: ids.get(id) ?? id,
      type: 'function' as const,
      function: { ...omitFields(functionFields, profile), name, arguments: text },
    };
  });
  return { ...omitFields(readTurnFields(item), profile), role: 'assistant', content, tool_calls };
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
