import { referenceDialect, withTimes, type Dialect } from './Dialect.js';

/**
 * astra-assistants: milliseconds, frames without a name, lists of runs of all threads, lists without cursors, calls that share
 * an id. No cancel and no steps.
 */
export const astraDialect: Dialect = {
  ...referenceDialect,
  name: 'astra-assistants',
  missing: ['listThreads', 'listRunSteps', 'cancelRun'],
  respondMissing: () => Response.json({ detail: 'Not Found' }, { status: 404 }),
  frames: 'bare',
  doneFrame: '',
  toWire: (object) => withTimes(object, (seconds) => seconds * 1_000 + 123),
  toList: ({ items }) => ({
    object: 'assistants',
    data: items,
    first_id: 'none',
    last_id: 'none',
    has_more: false,
  }),
  ignoresStreamOfThreads: true,
  listsAllRuns: true,
  respondToAfter: () => new Response('Bad Gateway', { status: 502 }),
  sharesCallIds: true,
};
