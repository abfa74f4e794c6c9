import { lazyModule } from '../lazyModule.js';
import type { createPolledRun } from './createPolledRun.js';
import type { retainToolCalls, getToolCalls } from './getToolCalls.js';

/** What runs tools. */
export interface ToolEngines {
  getToolCalls: typeof getToolCalls;
  retainToolCalls: typeof retainToolCalls;
  createPolledRun: typeof createPolledRun;
}

/** What runs tools, once for the page. */
export const toolEngines = lazyModule('the tool runner', async (): Promise<ToolEngines> => {
  const [calls, runs] = await Promise.all([
    import('./getToolCalls.js'),
    import('./createPolledRun.js'),
  ]);
  return { ...calls, ...runs };
});
