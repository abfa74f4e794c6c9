import { onDemand } from '../onDemand.js';
import type { polledRun } from './polledRun.js';
import type { keepToolCalls, toolCallsOf } from './toolCallsOf.js';

/** What runs tools. */
export interface ToolEngines {
  toolCallsOf: typeof toolCallsOf;
  keepToolCalls: typeof keepToolCalls;
  polledRun: typeof polledRun;
}

/** What runs tools, once for the page. */
export const toolEngines = onDemand('What runs tools', async (): Promise<ToolEngines> => {
  const [calls, runs] = await Promise.all([import('./toolCallsOf.js'), import('./polledRun.js')]);
  return { ...calls, ...runs };
});
