import { findRun, findStep } from '../../domain/findObjects.js';
import { catchStoreError } from '../../stores/StoreError.js';
import type { BackendContext } from '../BackendContext.js';
import type { Handlers } from '../operations.js';
import { listPage } from '../response/pagination.js';

/** Creates the handlers for run steps. */
export function runStepRoutes(context: BackendContext): Handlers<'listRunSteps' | 'getRunStep'> {
  const { store, engine } = context;
  return {
    listRunSteps: ({ params, query }) =>
      context.withLock(params.thread_id, async () => {
        const run = await findRun(store, params.thread_id, params.run_id);
        await catchStoreError(engine.settleIfDue(run), run);
        return listPage(store, 'steps', query, { parent: run.id });
      }),

    getRunStep: ({ params }) =>
      context.withLock(params.thread_id, async () => {
        const run = await findRun(store, params.thread_id, params.run_id);
        await catchStoreError(engine.settleIfDue(run), run);
        return findStep(store, run.id, params.step_id);
      }),
  };
}
