import { referenceDialect, type Dialect } from './Dialect.js';

/** Token that Azure AI Foundry accepts. Requests with another one are answered with status 401. */
export interface FoundryToken {
  value: string;
}

/** Azure AI Foundry Agents: all operations, a token that expires, `api-version` in the query, approvals of MCP calls. */
export const createFoundryDialect = (token: FoundryToken): Dialect => ({
  ...referenceDialect,
  name: 'Azure AI Foundry Agents (classic)',
  asksForApprovals: true,
  authorize({ headers, url }) {
    if (!new URL(url).searchParams.has('api-version'))
      return Response.json(
        { error: { code: 'MissingApiVersionParameter', message: 'api-version is required.' } },
        { status: 400 },
      );
    if (headers.get('authorization') === `Bearer ${token.value}`) return undefined;
    const error = { code: 'Unauthorized', message: 'The access token has expired.' };
    return Response.json({ error }, { status: 401 });
  },
});
