import { isRecord } from '../../../common/isRecord.js';
import type { ModelRequest } from '../Model.js';
import type { BodyOptions } from './buildChatBody.js';
import type { ReasoningItem } from './createReasoningReader.js';
import type { Profile } from './createProfiles.js';
import type { ToolSet } from './createToolSet.js';
import { omitFields } from './omitFields.js';
import type { AssistantItem, PromptItem, PromptPart } from './PromptItem.js';
import { getSamplingOptions, getRemainingTokens } from './runSettings.js';
import { readServerCall, toServerCallIds } from './toServerCallIds.js';
import { toFields, toList, toText } from './toFields.js';

/** Builds the body of a response that the server does not store. */
export function buildResponsesBody(
  request: ModelRequest,
  { model, prompt, tools, profile, isStreamed }: BodyOptions,
): Record<string, unknown> {
  const { reasoningEffort, run } = request;
  const { instructions, items } = prompt;
  const remainingTokens = getRemainingTokens(request);
  const format = buildFormat(run.response_format);
  const ids = toServerCallIds(items);
  return omitFields(
    {
      model,
      input: items.flatMap((item) => buildInput(item, ids, profile)),
      stream: isStreamed,
      store: false,
      include: buildInclude(tools),
      ...(instructions === '' ? {} : { instructions }),
      ...(remainingTokens === undefined ? {} : { max_output_tokens: remainingTokens }),
      ...getSamplingOptions(request),
      ...(format === undefined ? {} : { text: { format } }),
      ...(reasoningEffort === null ? {} : { reasoning: { effort: reasoningEffort } }),
      ...buildTools(tools, profile),
    },
    profile,
  );
}

/** Results that the server leaves out by default, by the tool. */
const RESULTS: Readonly<Record<string, string>> = {
  file_search: 'file_search_call.results',
  code_interpreter: 'code_interpreter_call.outputs',
};

function buildInclude({ builtIn }: ToolSet): string[] {
  // The server stores nothing, so its reasoning has to be sent back.
  const include = ['reasoning.encrypted_content'];
  for (const { type } of builtIn)
    if (Object.hasOwn(RESULTS, type)) include.push(RESULTS[type] ?? '');
  return include;
}

function buildTools({ functions, builtIn, choice, parallel }: ToolSet, profile: Profile): object {
  const tools = [...functions.map((definition) => buildTool(definition, profile)), ...builtIn];
  return {
    ...(tools.length === 0 ? {} : { tools }),
    ...(choice === undefined ? {} : { tool_choice: buildToolChoice(choice) }),
    ...(parallel === undefined ? {} : { parallel_tool_calls: parallel }),
  };
}

/** Functions are strict by default in this API, and few schemas meet the requirements of strict functions. */
function buildTool(
  { strict, ...definition }: ToolSet['functions'][number],
  { omitted }: Profile,
): object {
  return {
    type: 'function',
    parameters: { type: 'object', properties: {} },
    ...definition,
    ...(omitted.has('strict') ? {} : { strict: strict === true }),
  };
}

function buildToolChoice(choice: NonNullable<ToolSet['choice']>): unknown {
  if (typeof choice === 'string') return choice;
  return 'builtIn' in choice ? { type: choice.builtIn } : { type: 'function', name: choice.name };
}

function buildFormat(format: ModelRequest['run']['response_format']): object | undefined {
  if (typeof format !== 'object' || format === null || format.type === 'text') return undefined;
  return format.type === 'json_schema'
    ? { type: 'json_schema', ...format.json_schema }
    : { type: format.type };
}

function buildInput(
  item: PromptItem,
  ids: ReadonlyMap<string, string>,
  profile: Profile,
): object[] {
  switch (item.role) {
    case 'output':
      return [
        {
          type: 'function_call_output',
          call_id: ids.get(item.callId) ?? item.callId,
          output: item.output,
        },
      ];
    case 'user':
      return [buildMessage('user', item.parts)];
    case 'assistant':
      return buildAnswer(item, ids, profile);
  }
}

/** Builds the text of an answer and its calls, each after the reasoning that led to it. */
function buildAnswer(
  { parts, calls, providerData }: AssistantItem,
  ids: ReadonlyMap<string, string>,
  { omitted }: Profile,
): object[] {
  const reasoning = omitted.has('reasoning') ? [] : readReasoning(providerData);
  const getReasoning = (callId: string | undefined) =>
    reasoning.filter(({ beforeCallId }) => beforeCallId === callId).map(({ item }) => item);
  return [
    ...getReasoning(undefined),
    ...(parts.length === 0 ? [] : [buildMessage('assistant', parts)]),
    ...calls.flatMap(({ id, name, arguments: text, providerData: data }) => [
      ...getReasoning(id),
      {
        type: 'function_call',
        // The server connects its reasoning with the call by the id of the item.
        ...(reasoning.length === 0 ? {} : readServerCall(data).fields),
        call_id: ids.get(id) ?? id,
        name,
        arguments: text,
      },
    ]),
  ];
}

/**
 * Reads the reasoning that a server can use, and the calls that it has run itself: without its content, a reasoning
 * item is only a reference to a stored one.
 */
function readReasoning(providerData: unknown): ReasoningItem[] {
  return toList(toFields(providerData)['reasoning']).flatMap((value): ReasoningItem[] => {
    const { item, beforeCallId } = toFields(value);
    if (!isRecord(item)) return [];
    const isUsable =
      item['type'] !== 'reasoning' ||
      toText(item['encrypted_content']) !== '' ||
      toList(item['content']).length > 0;
    if (!isUsable) return [];
    return [typeof beforeCallId === 'string' ? { item, beforeCallId } : { item }];
  });
}

function buildMessage(role: 'user' | 'assistant', parts: readonly PromptPart[]): object {
  const type = role === 'user' ? 'input_text' : 'output_text';
  const content = parts.map((part) =>
    part.type === 'text'
      ? { type, text: part.text }
      : { type: 'input_image', image_url: part.url, detail: part.detail },
  );
  return { type: 'message', role, content };
}
