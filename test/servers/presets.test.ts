import { createAssistantsClient, followRun, type ServerPreset } from 'assistants-react/client';
import { expect, it } from 'vitest';
import { fixtures } from './fixtureServers.js';

/** Presets by the name of their server. Small gateways differ too much to have one. */
const presets: Readonly<Record<string, ServerPreset>> = {
  'Azure AI Foundry Agents (classic)': 'foundry',
  'LiteLLM proxy': 'litellm',
  'astra-assistants': 'astra',
  OpenOpenAI: 'open-openai',
  'open-assistant-api (MLT-OSS)': 'open-assistant-api',
  supercompat: 'supercompat',
};

const served = fixtures.flatMap((fixture) => {
  const preset = presets[fixture.name];
  return preset === undefined ? [] : [{ ...fixture, preset }];
});

it('has a server for each preset', () => {
  expect(served.map(({ preset }) => preset).toSorted()).toEqual(Object.values(presets).toSorted());
});

it.each(served)('requests nothing that $name lacks, with its preset', async ({ open, preset }) => {
  const { server, options } = open();
  const client = createAssistantsClient({ ...options, server: { preset } });
  const thread = { messages: [{ role: 'user' as const, content: 'Hello' }] };
  const body = { assistant_id: 'asst_fixture', thread };
  const followed = followRun(client, { createThreadAndRun: { body } });
  expect((await followed.settled).status).toBe('completed');
  expect(followed.getState().messages).toHaveLength(1);

  const { missing } = server.dialect;
  const requested = server.requests.map(({ operationId }) => operationId);
  expect(missing.filter((operation) => requested.includes(operation))).toEqual([]);
  expect(missing.filter((operation) => client.supports(operation) !== false)).toEqual([]);
});
