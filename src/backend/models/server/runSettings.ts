import type { ModelEvent, ModelRequest } from '../Model.js';

/** Returns the sampling settings of a run. Omits settings that have their default value. */
export function getSamplingOptions({ run }: ModelRequest): {
  temperature?: number;
  top_p?: number;
} {
  return {
    ...(run.temperature === null || run.temperature === undefined || run.temperature === 1
      ? {}
      : { temperature: run.temperature }),
    ...(run.top_p === null || run.top_p === undefined || run.top_p === 1
      ? {}
      : { top_p: run.top_p }),
  };
}

/** Returns how many tokens the run may still generate; undefined if the run has no limit. */
export function getRemainingTokens({ run, usage }: ModelRequest): number | undefined {
  const limit = run.max_completion_tokens;
  return limit === null || limit === undefined
    ? undefined
    : limit - (usage?.completion_tokens ?? 0);
}

/** Returns the event that ends an answer at a token limit. */
export function truncate(reason: 'max_completion_tokens' | 'max_prompt_tokens'): ModelEvent {
  return { type: 'finish', reason };
}
