import type { ModelEvent, ModelRequest } from '../model.js';

/** The settings of a run that both kinds of server know under one name; those left out that a server takes by itself. */
export function sampling({ run }: ModelRequest): { temperature?: number; top_p?: number } {
  return {
    ...(run.temperature === null || run.temperature === undefined || run.temperature === 1
      ? {}
      : { temperature: run.temperature }),
    ...(run.top_p === null || run.top_p === undefined || run.top_p === 1
      ? {}
      : { top_p: run.top_p }),
  };
}

/** How many tokens the answer may still have; undefined without a limit. */
export function tokensLeft({ run, usage }: ModelRequest): number | undefined {
  const limit = run.max_completion_tokens;
  return limit === null || limit === undefined
    ? undefined
    : limit - (usage?.completion_tokens ?? 0);
}

/** The end of an answer for which there is no room. */
export function truncate(reason: 'max_completion_tokens' | 'max_prompt_tokens'): ModelEvent {
  return { type: 'finish', reason };
}
