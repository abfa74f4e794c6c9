import { MEBIBYTE } from '../common/mebibyte.js';
import type { BackendOptions } from './BackendOptions.js';
import { readApiKey } from './http/access/apiKeys.js';
import { createOriginRule } from './http/access/createOriginRule.js';
import { createUserReader } from './http/access/createUserReader.js';
import { createRateLimitCheck } from './http/access/createRateLimitCheck.js';
import type { BodyLimits } from './http/body/readOperationBody.js';
import type { RouterOptions } from './http/createRouter.js';
import { createModelRoutes } from './http/routes/models.js';
import type { SharedQuotas } from './stores/Store.js';
import type { Model } from './models/Model.js';

/** Extensions of the API that every backend has. */
const EXTENSIONS = ['idempotency-key', 'list-threads', 'run-events', 'usage'];

/**
 * Returns the options of the router that the options of a backend determine.
 *
 * @throws TypeError if `unsupportedTools` is unknown, or one of `limits` is invalid.
 */
export function readRouterOptions(
  options: BackendOptions,
  { model, now, quotas }: { model: Model; now: () => number; quotas: SharedQuotas | undefined },
  onError: RouterOptions['onError'],
): Omit<RouterOptions, 'isDraining'> {
  const { apiKeys, user, reasoning: keepsReasoning = true } = options;
  return {
    basePath: (options.basePath ?? '/v1').replace(/\/+$/, ''),
    extensions: [...EXTENSIONS, ...(keepsReasoning ? ['reasoning'] : [])],
    apiKeys,
    readUser: user && createUserReader(user, onError),
    onError,
    isOriginAllowed: createOriginRule({ cors: options.cors, hasApiKeys: apiKeys !== undefined }),
    limits: readBodyLimits(options),
    checkRateLimit: createRateLimitByKey(options, now, quotas),
    maxRuns: readMaxRuns(options),
    unsupportedTools: readUnsupportedTools(options, model),
    models: createModelRoutes({
      listNames: async (signal) => (await model.listModels?.(signal)) ?? [],
      now,
    }),
  };
}

/** @throws TypeError if a limit is not a number: a body would have no limit then. */
function readBodyLimits({ limits }: BackendOptions): BodyLimits {
  const read = (name: keyof BodyLimits, defaultBytes: number): number => {
    const bytes: unknown = limits?.[name] ?? defaultBytes;
    if (typeof bytes === 'number' && bytes > 0) return bytes;
    throw new TypeError(`\`limits.${name}\` must be a number greater than 0.`);
  };
  return {
    bodyBytes: read('bodyBytes', 4 * MEBIBYTE),
    uploadBytes: read('uploadBytes', 512 * MEBIBYTE),
  };
}

/** @throws TypeError if the number is invalid, or there are no users. */
function readMaxRuns({ limits, user }: BackendOptions): number | undefined {
  const maxRuns = limits?.concurrentRuns;
  if (maxRuns === undefined) return undefined;
  if (!Number.isInteger(maxRuns) || maxRuns < 1)
    throw new TypeError('`limits.concurrentRuns` must be an integer of at least 1.');
  if (user === undefined)
    throw new TypeError('`limits.concurrentRuns` limits the runs of each user. Set `user`, too.');
  return maxRuns;
}

/** A model that runs code itself makes the tool for it a supported one. @throws TypeError if the option is unknown */
function readUnsupportedTools({ unsupportedTools = 'refuse' }: BackendOptions, model: Model) {
  if (unsupportedTools === 'refuse' && model.builtInTools?.includes('code_interpreter') === true)
    return 'ignore';
  // Callers without types can pass anything, and a typing error must not turn into the other setting.
  if (unsupportedTools === 'refuse' || unsupportedTools === 'ignore') return unsupportedTools;
  throw new TypeError(
    `\`unsupportedTools\` must be 'refuse' or 'ignore', not ${JSON.stringify(unsupportedTools)}.`,
  );
}

/** Limits each user or API key. Without both, callers could choose a new key for each request. */
function createRateLimitByKey(
  { rateLimit, apiKeys }: BackendOptions,
  now: () => number,
  quotas: SharedQuotas | undefined,
): RouterOptions['checkRateLimit'] {
  if (rateLimit === undefined) return () => ({});
  const checkRateLimit = createRateLimitCheck(rateLimit.requestsPerMinute, now, quotas);
  return (headers, user) =>
    checkRateLimit(user?.id ?? (apiKeys === undefined ? '' : (readApiKey(headers) ?? '')));
}
