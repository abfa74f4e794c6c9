import type { AssistantsClientOptions } from 'assistants-react';
import { astraDialect } from './astra.js';
import { azureGatewayDialect, GATEWAY_KEY } from './azureGateway.js';
import { createFixtureServer } from './createFixtureServer.js';
import { createFoundryDialect } from './foundry.js';
import { litellmDialect } from './litellm.js';
import { openAssistantApiDialect } from './openAssistantApi.js';
import { openOpenaiDialect } from './openOpenai.js';
import { smallGatewayDialect } from './smallGateway.js';
import { supercompatDialect } from './supercompat.js';

export type FixtureServer = ReturnType<typeof createFixtureServer>;

/** A server, and the options of a client for it. */
export interface Fixture {
  name: string;
  open: () => { server: FixtureServer; options: AssistantsClientOptions };
}

const createFixture = (
  dialect: Parameters<typeof createFixtureServer>[0],
  options: AssistantsClientOptions = {},
): Fixture => ({
  name: dialect.name,
  open() {
    const server = createFixtureServer(dialect);
    return {
      server,
      options: {
        baseUrl: 'http://fixture.test/v1',
        retry: 0,
        fetch: (request) => server.fetch(request),
        ...options,
      },
    };
  },
});

/** Opens Azure AI Foundry with tokens that expire after five requests. */
function openFoundry(): ReturnType<Fixture['open']> {
  let count = 0;
  let uses = 0;
  const token = { value: '' };
  const server = createFixtureServer(createFoundryDialect(token));
  return {
    server,
    options: {
      baseUrl: 'http://fixture.test/v1',
      retry: 0,
      server: { preset: 'foundry' },
      tokenProvider: async () => {
        count += 1;
        uses = 0;
        token.value = `token ${count}`;
        return token.value;
      },
      fetch(request) {
        uses += 1;
        if (uses > 5) token.value = 'a token that was not issued yet';
        return server.fetch(request);
      },
    },
  };
}

/** One server for each row of the table of servers. */
export const fixtures: readonly Fixture[] = [
  { name: createFoundryDialect({ value: '' }).name, open: openFoundry },
  createFixture(azureGatewayDialect, {
    baseUrl: 'http://fixture.test/openai',
    headers: { 'api-key': GATEWAY_KEY },
    server: { preset: 'azure-gateway' },
  }),
  createFixture(litellmDialect),
  createFixture(astraDialect),
  createFixture(openOpenaiDialect, { apiVersion: 'v1' }),
  createFixture(openAssistantApiDialect, { apiVersion: 'v1' }),
  createFixture(supercompatDialect),
  createFixture(smallGatewayDialect),
];
