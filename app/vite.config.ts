import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import {
  chatCompletionsModel,
  createBackend,
  demoScenario,
  scriptedModel,
} from '../src/entries/backend.js';
import { assistantsBackend } from '../src/entries/backend-node.js';
import { createAssistantsClient } from '../src/entries/client.js';
import { defineConfig } from 'vite';
import { sourceAlias } from '../sourceAlias.js';
import { readModelServer } from './readModelServer.js';
import { functions, TOOL_DESK, toolDeskRules } from './toolDesk.js';

// Lets the processes that read uploaded files run the sources.
env['NODE_OPTIONS'] =
  `${env['NODE_OPTIONS'] ?? ''} --import=${new URL('../scripts/loadSources.js', import.meta.url).href}`;

/** A backend with assistants to talk to. Its threads live as long as the server. */
async function demoBackend() {
  const server = readModelServer(env);
  const model = server?.model ?? 'scripted';
  const backend = createBackend({
    model: server
      ? chatCompletionsModel(server)
      : scriptedModel([...toolDeskRules, ...demoScenario], { paceMs: 20 }),
  });
  const client = createAssistantsClient({ fetch: backend.fetch });
  await client.createAssistant({
    body: {
      model,
      name: TOOL_DESK,
      description: 'Calls functions that run, ask, or wait for you.',
      tools: Object.values(functions).map((definition) => ({
        type: 'function',
        function: definition,
      })),
    },
  });
  await client.createAssistant({
    body: {
      model,
      name: 'Demo assistant',
      description: server
        ? 'Answers with a model, and searches the files you attach.'
        : 'Answers from a script, without a key or a network.',
      tools: [
        { type: 'file_search' },
        {
          type: 'function',
          function: {
            name: 'get_weather',
            description: 'The weather in a city, now.',
            parameters: {
              type: 'object',
              properties: { city: { type: 'string' } },
              required: ['city'],
            },
          },
        },
      ],
    },
  });
  return backend;
}

/** The playground that `npm start` opens, with its backend at `/v1`. */
export default defineConfig(async () => ({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), assistantsBackend(await demoBackend())],
  resolve: { alias: sourceAlias },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  build: {
    // light-dark() stays as it is written, see the root vite.config.ts.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
  },
}));
