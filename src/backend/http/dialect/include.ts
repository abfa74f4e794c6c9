import type {
  RunStep,
  RunStepDelta,
  RunStepDeltaToolCall,
  RunStepToolCall,
} from '../../../protocol/types.js';
import { invalidValue } from '../../domain/errors.js';

/** Value of `include[]` that requests the text of file search results. It is omitted by default because it is long. */
export const INCLUDE_SEARCH_CONTENT = 'step_details.tool_calls[*].file_search.results[*].content';

/** Reads the optional fields that a request asks for with `include[]`. @throws HttpError 400 for unknown values. */
export function readInclude(query: URLSearchParams): readonly string[] {
  const include = query.getAll('include[]');
  const unknown = include.find((value) => value !== INCLUDE_SEARCH_CONTENT);
  if (unknown !== undefined) throw invalidValue('include[]', unknown, [INCLUDE_SEARCH_CONTENT]);
  return include;
}

/** Removes the text of file search results from a run step or a delta of one. */
export function removeSearchContent<Object extends RunStep | RunStepDelta>(object: Object): Object;
export function removeSearchContent(object: RunStep | RunStepDelta): RunStep | RunStepDelta {
  if (object.object === 'thread.run.step') {
    const { step_details: details } = object;
    if (details.type !== 'tool_calls') return object;
    return {
      ...object,
      step_details: { ...details, tool_calls: details.tool_calls.map(removeContent) },
    };
  }
  const details = object.delta.step_details;
  if (details?.type !== 'tool_calls' || details.tool_calls === undefined) return object;
  return {
    ...object,
    delta: {
      ...object.delta,
      step_details: { ...details, tool_calls: details.tool_calls.map(removeContent) },
    },
  };
}

function removeContent<Call extends RunStepToolCall | RunStepDeltaToolCall>(call: Call): Call {
  if (call.type !== 'file_search' || call.file_search.results === undefined) return call;
  const results = call.file_search.results.map(({ file_id, file_name, score }) => ({
    file_id,
    file_name,
    score,
  }));
  return { ...call, file_search: { ...call.file_search, results } };
}
