import type { ModelRequest } from '../Model.js';
import type { PromptItem } from './buildPrompt.js';
import type { ToolSet } from './createToolSet.js';
import { getSamplingOptions, getRemainingTokens } from './runSettings.js';

/** Builds the body of a streamed response that the server does not store. */
export function buildResponsesBody(
  request: ModelRequest,
  { model, items, tools }: { model: string; items: readonly PromptItem[]; tools: ToolSet },
): object {
  const { reasoningEffort, instructions, run } = request;
  const remainingTokens = getRemainingTokens(request);
  const format = buildFormat(run.response_format);
  return {
    model,
    input: items.flatMap(buildInput),
    stream: true,
    store: false,
    ...(instructions === '' ? {} : { instructions }),
    ...(remainingTokens === undefined ? {} : { max_output_tokens: remainingTokens }),
    ...getSamplingOptions(request),
    ...(format === undefined ? {} : { text: { format } }),
    ...(reasoningEffort === null ? {} : { reasoning: { effort: reasoningEffort } }),
    ...buildTools(tools),
  };
}

function buildTools({ functions, choice, parallel }: ToolSet): object {
  return {
    ...(functions.length === 0 ? {} : { tools: functions.map(buildTool) }),
    ...(choice === undefined ? {} : { tool_choice: buildToolChoice(choice) }),
    ...(parallel === undefined ? {} : { parallel_tool_calls: parallel }),
  };
}

/** Functions are strict by default in this API, and few schemas meet the requirements of strict functions. */
function buildTool({ strict, ...definition }: ToolSet['functions'][number]): object {
  return {
    type: 'function',
    parameters: { type: 'object', properties: {} },
    ...definition,
    strict: strict === true,
  };
}

function buildToolChoice(choice: NonNullable<ToolSet['choice']>): unknown {
  return typeof choice === 'string' ? choice : { type: 'function', name: choice.name };
}

function buildFormat(format: ModelRequest['run']['response_format']): object | undefined {
  if (typeof format !== 'object' || format === null || format.type === 'text') return undefined;
  return format.type === 'json_schema'
    ? { type: 'json_schema', ...format.json_schema }
    : { type: format.type };
}

function buildInput(item: PromptItem): object[] {
  switch (item.role) {
    case 'calls':
      return item.calls.map(({ id, name, arguments: text }) => ({
        type: 'function_call',
        call_id: id,
        name,
        arguments: text,
      }));
    case 'output':
      return [{ type: 'function_call_output', call_id: item.callId, output: item.output }];
    case 'user':
    case 'assistant': {
      const type = item.role === 'user' ? 'input_text' : 'output_text';
      const content = item.parts.map((part) =>
        part.type === 'text'
          ? { type, text: part.text }
          : { type: 'input_image', image_url: part.url, detail: part.detail },
      );
      return [{ type: 'message', role: item.role, content }];
    }
  }
}
