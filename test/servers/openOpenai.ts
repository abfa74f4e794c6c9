import { referenceDialect, withoutNulls, type Dialect } from './Dialect.js';

/** OpenOpenAI: version 1, no streams, no nulls. */
export const openOpenaiDialect: Dialect = {
  ...referenceDialect,
  name: 'OpenOpenAI',
  missing: ['listThreads'],
  respondMissing: () => new Response('404 Not Found', { status: 404 }),
  frames: 'none',
  toWire: (object) => withoutNulls(object) as object,
};
