import { createAssistantsClient, followRun, type ServerPreset } from 'assistants-react/client';
import { expect, it } from 'vitest';
import { fixtures } from './fixtureServers.js';

/** Names of the servers by their presets. Small gateways differ too much to have one. */
const names: Readonly<Record<ServerPreset, string>> = {
  foundry: 'Azure AI Foundry Agents (classic)',
  'azure-gateway': 'gateways with the paths of Azure OpenAI',
  litellm: 'LiteLLM proxy',
  astra: 'astra-assistants',
  'open-openai': 'OpenOpenAI',
  'open-assistant-api': 'open-assistant-api (MLT-OSS)',
  supercompat: 'supercompat',
};

it.each(Object.entries(names))('requests nothing that the server lacks: %s', async (key, name) => {
  // `Object.entries` loses the type of the keys.
  const preset = key as ServerPreset;
  const fixture = fixtures.find((one) => one.name === name);
  if (!fixture) throw new Error(`No server has the name ${name}.`);
  const { server, options } = fixture.open();
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
