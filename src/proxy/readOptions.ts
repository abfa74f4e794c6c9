import { MEBIBYTE } from '../common/mebibyte.js';
import { isOperationId } from '../protocol/operationPaths.js';
import type { ProxyLimits, ProxyOptions } from './ProxyOptions.js';
import type { ProxyPolicy } from './policy/ProxyPolicy.js';

/** Checked options with their defaults. */
export interface Settings extends Omit<ProxyOptions, 'upstream' | 'policy' | 'limits'> {
  upstream: URL;
  policy: ProxyPolicy;
  limits: Required<ProxyLimits>;
  basePath: string;
  fetch: NonNullable<ProxyOptions['fetch']>;
  now: () => number;
}

const DEFAULT_LIMITS: Required<ProxyLimits> = {
  bodyBytes: MEBIBYTE,
  uploadBytes: 32 * MEBIBYTE,
  responseBytes: 64 * MEBIBYTE,
  eventBytes: 8 * MEBIBYTE,
  downloadBytes: 512 * MEBIBYTE,
  headersMs: 60_000,
  firstEventMs: 120_000,
  silenceMs: 120_000,
  concurrentRuns: 10,
};

/** Checks the options of a proxy and adds the defaults. @throws TypeError that names the option */
export function readOptions(options: ProxyOptions): Settings {
  checkOptions(options);
  const settings = {
    ...options,
    upstream: new URL(options.upstream),
    policy: options.policy ?? {},
    limits: { ...DEFAULT_LIMITS },
    basePath: (options.basePath ?? '/v1').replace(/\/+$/, ''),
    // Reads the global fetch for each request, so that it can be replaced later.
    fetch: options.fetch ?? ((input: URL, init: RequestInit) => fetch(input, init)),
    now: options.now ?? Date.now,
  };
  for (const [name, value] of Object.entries(options.limits ?? {}) as [string, unknown][]) {
    if (!isLimit(name)) throw invalid(`limits.${name}`, 'is not a limit');
    if (value === undefined) continue;
    if (typeof value !== 'number' || !(value > 0))
      throw invalid(`limits.${name}`, 'must be greater than 0');
    settings.limits[name] = value;
  }
  return settings;
}

function isLimit(name: string): name is keyof ProxyLimits {
  return Object.hasOwn(DEFAULT_LIMITS, name);
}

function checkOptions(options: ProxyOptions): void {
  const { allow, apiKey, rateLimit } = options;
  checkUpstream(options);
  checkCallers(options);
  const unknown = (allow as readonly string[]).find((operation) => !isOperationId(operation));
  if (unknown !== undefined) throw invalid('allow', `has the unknown operation '${unknown}'`);
  if (apiKey === '') throw invalid('apiKey', 'is empty');
  if (rateLimit && !(rateLimit.requestsPerMinute > 0)) {
    const problem = 'must be greater than 0. Leave `rateLimit` out for no limit';
    throw invalid('rateLimit.requestsPerMinute', problem);
  }
}

function checkUpstream({ upstream }: ProxyOptions): void {
  const url = URL.canParse(upstream) ? new URL(upstream) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw invalid('upstream', 'must be an absolute http or https URL');
  if (url.username !== '' || url.password !== '')
    throw invalid('upstream', 'must not contain a user name or a password. Use `headers`');
}

function checkCallers({ user, ownership, authorize, onThreadCreated }: ProxyOptions): void {
  if (!ownership && !authorize)
    throw invalid('ownership', 'or `authorize` is required. Without them, no request may pass');
  if (ownership && !user) throw invalid('user', 'is required by `ownership`');
  if (onThreadCreated && !user) throw invalid('user', 'is required by `onThreadCreated`');
}

function invalid(option: string, problem: string): TypeError {
  return new TypeError(`createProxy: \`${option}\` ${problem}.`);
}
