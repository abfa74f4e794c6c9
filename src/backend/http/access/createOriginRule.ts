import { isOriginOf } from '../../../common/isOriginOf.js';

/** Returns true if pages of an origin may send a request. */
export type OriginRule = (origin: string, request: Request) => boolean;

export interface OriginRuleOptions {
  /** Allowed origins, or `'*'` for all. See `BackendOptions.cors` for the default. */
  cors: '*' | readonly string[] | undefined;
  hasApiKeys: boolean;
}

/**
 * Creates the rule for the Origin header. Pages of the server's own origin are always allowed.
 *
 * @throws TypeError if an entry of `cors` is not an origin: no page would ever match it.
 */
export function createOriginRule({ cors, hasApiKeys }: OriginRuleOptions): OriginRule {
  const isAllowed = createCrossOriginCheck(cors, hasApiKeys);
  return (origin, request) => isOwnOrigin(origin, request) || isAllowed(origin);
}

/** Browsers report in a header that pages cannot set whether a request goes to the own origin, as the user sees it. */
function isOwnOrigin(origin: string, request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  return site === 'same-origin' || isOriginOf(origin, request.url);
}

function createCrossOriginCheck(
  cors: OriginRuleOptions['cors'],
  hasApiKeys: boolean,
): (origin: string) => boolean {
  if (cors === '*') return () => true;
  if (cors !== undefined) {
    // The text of one origin would allow all origins that it contains.
    if (!Array.isArray(cors))
      throw new TypeError("`cors` must be a list of origins, or '*' for all.");
    const origins = new Set(cors.map(readOrigin));
    return (origin) => origins.has(origin);
  }
  return hasApiKeys ? () => true : isLocalOrigin;
}

/** Returns an origin as browsers send it: in lower case, without a slash and the default port. @throws TypeError */
function readOrigin(text: string): string {
  if (text === 'null') return text;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = /^[a-z][a-z\d+.-]*:\/\/[^/?#@\\]+\/?$/i.test(text);
  if (url === undefined || !isOrigin) {
    throw new TypeError(
      `\`cors\` names '${text}', which is not an origin. An origin has a scheme, a host and maybe a port, such as https://app.example.`,
    );
  }
  // Schemes of apps, such as `capacitor:`, have no origin for URL.
  return url.origin === 'null' ? text.replace(/\/$/, '') : url.origin;
}

function isLocalOrigin(origin: string): boolean {
  return /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\]|[a-z0-9-]+\.localhost)(:\d+)?$/.test(origin);
}
