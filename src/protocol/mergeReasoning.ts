import type { RunStepReasoning, RunStepReasoningDelta } from './types.js';

/** Returns reasoning with a delta applied: its text is appended, and its other fields are replaced. */
export function mergeReasoning(
  known: RunStepReasoning | undefined,
  { text, ...rest }: RunStepReasoningDelta['delta'],
): RunStepReasoning {
  const before = known?.text ?? '';
  return {
    duration_ms: null,
    ...known,
    ...rest,
    text: typeof text === 'string' ? before + text : before,
  };
}
