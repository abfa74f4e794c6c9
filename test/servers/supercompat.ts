import { referenceDialect, type Dialect } from './Dialect.js';

/** supercompat: ids of other APIs, lists without `object`, missing operations as plain text. No createThreadAndRun. */
export const supercompatDialect: Dialect = {
  ...referenceDialect,
  name: 'supercompat',
  missing: ['listThreads', 'createThreadAndRun'],
  respondMissing: () => new Response('Not found', { status: 404 }),
  createId: (prefix, count) =>
    `${prefix === 'thread' ? 'conv' : prefix}_${count.toString(16)}c0ffee`,
  toList: ({ items, hasMore }) => ({ data: items, has_more: hasMore }),
};
