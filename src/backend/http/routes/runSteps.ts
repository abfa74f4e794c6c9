import type { BackendContext } from '../../context.js';
import type { Handlers } from '../http.js';
import { findRun, findStep } from '../../domain/lookup.js';
import { listPage } from '../page.js';
import { catchHttpError } from '../../stores/storeError.js';

/** The operations on run steps. */
export function runStepRoutes(context: BackendContext): Handlers<'listRunSteps' | 'getRunStep'> {
  const { store, engine } = context;
  return {
    listRunSteps: ({ params, query }) =>
      context.exclusive(params.thread_id, async () => {
        const run = await findRun(store, params.thread_id, params.run_id);
        await catchHttpError(engine.fresh(run), run);
        return listPage(store, 'steps', query, { parent: run.id });
      }),

    getRunStep: ({ params }) =>
      context.exclusive(params.thread_id, async () => {
        const run = await findRun(store, params.thread_id, params.run_id);
        await catchHttpError(engine.fresh(run), run);
        return findStep(store, run.id, params.step_id);
      }),
  };
}
