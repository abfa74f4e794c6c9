/** Returns true if pages of an origin may send a request. */
export type OriginRule = (origin: string, request: Request) => boolean;

export interface OriginRuleOptions {
  /** Allowed origins, or `'*'` for all. See `BackendOptions.cors` for the default. */
  cors: '*' | readonly string[] | undefined;
  hasApiKeys: boolean;
}

/** Creates the rule for the Origin header. Pages of the server's own origin are always allowed. */
export function createOriginRule({ cors, hasApiKeys }: OriginRuleOptions): OriginRule {
  const isAllowed = createCrossOriginCheck(cors, hasApiKeys);
  return (origin, request) => origin === new URL(request.url).origin || isAllowed(origin);
}

function createCrossOriginCheck(
  cors: OriginRuleOptions['cors'],
  hasApiKeys: boolean,
): (origin: string) => boolean {
  if (cors === '*') return () => true;
  if (cors !== undefined) return (origin) => cors.includes(origin);
  return hasApiKeys ? () => true : isLocalOrigin;
}

function isLocalOrigin(origin: string): boolean {
  return /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\]|[a-z0-9-]+\.localhost)(:\d+)?$/.test(origin);
}
