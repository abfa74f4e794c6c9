import {
  createBackend,
  scriptedModel,
  type Backend,
  type Model,
  type Store,
} from '../../src/entries/backend.js';
import { createAssistantsClient } from '../../src/entries/client.js';
import { chapterAssistants } from '../chapters/scripts.js';

/** Options for `createDemoBackend`. */
export interface DemoBackendOptions {
  /** Model server that answers for all assistants. @default the scripts of the chapters */
  server?: { model: string; client: Model } | undefined;
  /** @default memory */
  store?: Store | undefined;
}

/** Creates the backend of the playground with the assistants of the chapters, in Node and in a page. */
export async function createDemoBackend({ server, store }: DemoBackendOptions): Promise<Backend> {
  const backend = createBackend({
    model: server?.client ?? createScriptedModels(),
    ...(store !== undefined && { store }),
  });
  const client = createAssistantsClient({ fetch: backend.fetch });
  const { data } = await client.listAssistants({ query: { limit: 100 } });
  // A store that was kept may lack an assistant that the user has deleted, which stays deleted.
  if (data.length > 0) return backend;
  // The newest assistant is listed first.
  for (const [id, { assistant }] of Object.entries(chapterAssistants).reverse())
    await client.createAssistant({ body: { ...assistant, model: server?.model ?? id } });
  return backend;
}

/** Selects the script of a chapter by the name of the model. Other assistants are answered by the first one. */
function createScriptedModels(): Model {
  const models = new Map(
    Object.entries(chapterAssistants).map(([id, { script }]) => [
      id,
      scriptedModel(script, { paceMs: 20 }),
    ]),
  );
  const fallback = scriptedModel(undefined, { paceMs: 20 });
  return {
    respond: (request) => (models.get(request.run.model) ?? fallback).respond(request),
    listModels: async () => ['scripted', ...models.keys()],
  };
}
