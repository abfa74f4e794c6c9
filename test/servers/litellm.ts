import { referenceDialect, withoutNulls, type Dialect } from './Dialect.js';
import type { OperationId } from '../../src/protocol/types.js';

const MISSING: readonly OperationId[] = [
  'listThreads',
  'createThreadAndRun',
  'deleteThread',
  'listRuns',
  'getRun',
  'listRunSteps',
  'submitToolOutputsToRun',
  'cancelRun',
];

/** Paths of which another method exists. */
const KNOWN_PATHS = /^\/v1\/threads(?:\/[\w-]+(?:\/(?:runs|messages))?)?$/;

/** LiteLLM proxy: eight operations, frames that wrap their event, no nulls. A run without a stream ends before the response. */
export const litellmDialect: Dialect = {
  ...referenceDialect,
  name: 'LiteLLM proxy',
  missing: MISSING,
  respondMissing: ({ url }) =>
    KNOWN_PATHS.test(new URL(url).pathname)
      ? Response.json({ detail: 'Method Not Allowed' }, { status: 405 })
      : Response.json({ detail: 'Not Found' }, { status: 404 }),
  frames: 'wrapped',
  doneFrame: 'data: [DONE]\n\n',
  toWire: (object) => withoutNulls(object) as object,
  toList: ({ items, hasMore }) => ({ object: 'list', data: items, has_more: hasMore }),
  finishesInPost: true,
};
