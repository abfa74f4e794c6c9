import { lazyModule } from '../lazyModule.js';
import type { createPolledRun } from './createPolledRun.js';
import type { getToolCallsEngine, retainToolCallsEngine } from './toolCallsRegistry.js';

/** The functions that handle function calls. */
export interface ToolCallsModule {
  getToolCallsEngine: typeof getToolCallsEngine;
  retainToolCallsEngine: typeof retainToolCallsEngine;
  createPolledRun: typeof createPolledRun;
}

/** Loads the code that handles function calls. */
export const toolCallsModule = lazyModule('the tool runner', async (): Promise<ToolCallsModule> => {
  const [registry, polledRun] = await Promise.all([
    import('./toolCallsRegistry.js'),
    import('./createPolledRun.js'),
  ]);
  return { ...registry, ...polledRun };
});
