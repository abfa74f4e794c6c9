import { referenceDialect, withTimes, type Dialect } from './Dialect.js';

/** open-assistant-api of MLT-OSS: version 1, streams without `done`, times with fractions. */
export const openAssistantApiDialect: Dialect = {
  ...referenceDialect,
  name: 'open-assistant-api (MLT-OSS)',
  missing: ['listThreads', 'deleteMessage'],
  respondMissing: () => Response.json({ detail: 'Not Found' }, { status: 404 }),
  doneFrame: '',
  heartbeat: ': ping\n\n',
  toWire: (object) => withTimes(object, (seconds) => seconds + 0.123456),
};
