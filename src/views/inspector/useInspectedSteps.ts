import { useRunSteps } from '../../hooks/operations/runSteps.js';
import type { Run, RunStep } from '../../protocol/types.js';

const NO_STEPS: readonly RunStep[] = [];

/** Returns the first 100 steps of a run, oldest first. Empty until they are loaded. */
export function useInspectedSteps({ thread_id: threadId, id: runId }: Run): readonly RunStep[] {
  const query = { order: 'asc', limit: 100 } as const;
  const { data = NO_STEPS } = useRunSteps({ threadId, runId, query });
  return data;
}
