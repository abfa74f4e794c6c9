import type { RunStepDeltaToolCall } from '../../protocol/types.js';
import type { BuiltInCall, ModelEvent } from '../models/Model.js';
import type { StepWriter } from './createStepWriter.js';
import { growToolCall } from './growToolCall.js';
import type { RunContext } from './RunContext.js';
import { truncateMetadata } from './truncateMetadata.js';

/**
 * Writes a call that the server of the model runs itself as a step with one tool call. The results of a call whose step was
 * closed, because the answer went on meanwhile, are left out.
 */
export async function writeBuiltInCall(
  context: RunContext,
  steps: StepWriter,
  { call, isDone, query }: ModelEvent & { type: 'builtInCall' },
): Promise<void> {
  const open = await steps.openBuiltInCall(call.id);
  if (open === undefined) return;
  const isNew =
    open.step.step_details.type === 'tool_calls' && open.step.step_details.tool_calls.length === 0;
  if (isNew) open.step = growToolCall(context, open.step, toStart(call));
  if (!isDone) return;
  open.step = growToolCall(context, open.step, toDelta(call));
  if (query !== undefined && query !== '') {
    const metadata = { ...open.step.metadata, query: truncateMetadata(query) };
    open.step = { ...open.step, metadata };
  }
  await steps.close();
}

/** Returns the first delta of a call: only its id and type, because texts of later deltas would be appended to its others. */
function toStart({ id, type }: BuiltInCall): RunStepDeltaToolCall {
  const start = { index: 0, id };
  switch (type) {
    case 'code_interpreter':
      return { ...start, type };
    case 'file_search':
      return { ...start, type, file_search: {} };
    case 'web_search':
      return { ...start, type, web_search: {} };
  }
}

function toDelta(call: BuiltInCall): RunStepDeltaToolCall {
  switch (call.type) {
    case 'code_interpreter': {
      const { input, outputs } = call.code_interpreter;
      return {
        index: 0,
        type: call.type,
        code_interpreter: {
          input,
          outputs: outputs.map((output, index) => ({ ...output, index })),
        },
      };
    }
    case 'file_search':
      return { index: 0, type: call.type, file_search: call.file_search };
    case 'web_search':
      return { index: 0, type: call.type, web_search: call.web_search };
  }
}
