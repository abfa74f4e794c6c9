import type { ModelRequest } from '../model.js';
import type { PromptItem } from './prompt.js';
import { sampling, tokensLeft } from './settings.js';
import type { ToolSet } from './toolSet.js';

/** The body of a streamed response. Nothing of it is kept by the server. */
export function responsesBody(
  request: ModelRequest,
  { model, items, tools }: { model: string; items: readonly PromptItem[]; tools: ToolSet },
): object {
  const { reasoningEffort, instructions, run } = request;
  const left = tokensLeft(request);
  const format = formatOf(run.response_format);
  return {
    model,
    input: items.flatMap(inputOf),
    stream: true,
    store: false,
    ...(instructions === '' ? {} : { instructions }),
    ...(left === undefined ? {} : { max_output_tokens: left }),
    ...sampling(request),
    ...(format === undefined ? {} : { text: { format } }),
    ...(reasoningEffort === null ? {} : { reasoning: { effort: reasoningEffort } }),
    ...(tools.functions.length === 0 ? {} : { tools: tools.functions.map(toolOf) }),
    ...(tools.choice === undefined
      ? {}
      : {
          tool_choice:
            typeof tools.choice === 'string'
              ? tools.choice
              : { type: 'function', name: tools.choice.name },
        }),
    ...(tools.parallel === undefined ? {} : { parallel_tool_calls: tools.parallel }),
  };
}

/** A function is strict there unless it is said otherwise, and only few schemas can be. */
function toolOf({ strict, ...definition }: ToolSet['functions'][number]): object {
  return {
    type: 'function',
    parameters: { type: 'object', properties: {} },
    ...definition,
    strict: strict === true,
  };
}

function formatOf(format: ModelRequest['run']['response_format']): object | undefined {
  if (typeof format !== 'object' || format === null || format.type === 'text') return undefined;
  return format.type === 'json_schema'
    ? { type: 'json_schema', ...format.json_schema }
    : { type: format.type };
}

function inputOf(item: PromptItem): object[] {
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
