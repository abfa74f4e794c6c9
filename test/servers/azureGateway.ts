import { referenceDialect, type Dialect } from './Dialect.js';

/** Key that the gateway accepts. */
export const GATEWAY_KEY = 'gateway-key';

const refuse = (status: number, code: string, message: string) =>
  Response.json({ error: { code, message } }, { status });

/** Gateways in the place of Azure OpenAI: paths below `/openai`, `api-version` in the query, the key in `api-key`. */
export const azureGatewayDialect: Dialect = {
  ...referenceDialect,
  name: 'gateways with the paths of Azure OpenAI',
  missing: ['listThreads'],
  respondMissing: () => refuse(404, '404', 'Resource not found'),
  authorize({ headers, url }) {
    const { pathname, searchParams } = new URL(url);
    if (!pathname.startsWith('/openai/') || !searchParams.has('api-version'))
      return refuse(404, '404', 'Resource not found');
    if (headers.get('api-key') === GATEWAY_KEY) return undefined;
    return refuse(401, '401', 'Access denied due to invalid subscription key.');
  },
};
