import type { RunStep, RunStepDelta } from '../../../protocol/types.js';
import { invalidValue } from '../../domain/errors.js';

/** The text of what a search found: long, and so left out unless it is asked for. */
export const FOUND_CONTENT = 'step_details.tool_calls[*].file_search.results[*].content';

/** The optional parts that a request asks for with `include[]`. @throws HttpError 400 for one that there is not */
export function readInclude(query: URLSearchParams): readonly string[] {
  const asked = query.getAll('include[]');
  const unknown = asked.find((part) => part !== FOUND_CONTENT);
  if (unknown !== undefined) throw invalidValue('include[]', unknown, [FOUND_CONTENT]);
  return asked;
}

/** A step, or a delta of one, without the text of what its searches found. */
export function withoutFoundContent(object: RunStep): RunStep;
export function withoutFoundContent(object: RunStepDelta): RunStepDelta;
export function withoutFoundContent(object: RunStep | RunStepDelta): RunStep | RunStepDelta {
  if (object.object === 'thread.run.step') {
    const { step_details: details } = object;
    if (details.type !== 'tool_calls') return object;
    return { ...object, step_details: { ...details, tool_calls: details.tool_calls.map(short) } };
  }
  const details = object.delta.step_details;
  if (details?.type !== 'tool_calls' || details.tool_calls === undefined) return object;
  return {
    ...object,
    delta: {
      ...object.delta,
      step_details: { ...details, tool_calls: details.tool_calls.map(short) },
    },
  };
}

type StepCall = Extract<RunStep['step_details'], { type: 'tool_calls' }>['tool_calls'][number];
type DeltaCall = NonNullable<
  Extract<NonNullable<RunStepDelta['delta']['step_details']>, { type: 'tool_calls' }>['tool_calls']
>[number];

function short<Call extends StepCall | DeltaCall>(call: Call): Call {
  if (call.type !== 'file_search' || call.file_search.results === undefined) return call;
  const results = call.file_search.results.map(({ file_id, file_name, score }) => ({
    file_id,
    file_name,
    score,
  }));
  return { ...call, file_search: { ...call.file_search, results } };
}
