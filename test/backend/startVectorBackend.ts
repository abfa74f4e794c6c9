import { onTestFinished } from 'vitest';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import type { EmbeddingsModel } from '../../src/backend/search/vectors/EmbeddingsModel.js';
import type {
  FileObject,
  RunStep,
  VectorStore,
  VectorStoreSearchResultsPage,
} from '../../src/protocol/types.js';
import { createTestBackend } from './createTestBackend.js';

/** Files that share no words with each other. */
export const FILES = {
  'garage.txt': 'A new vehicle needs service after a year.',
  'rest.txt': 'Everybody has thirty days of vacation.',
  'drinks.txt': 'The kitchen has coffee.',
};

/** Creates a backend with an embeddings model, and helpers that search its vector stores. */
export function startVectorBackend(
  embed: EmbeddingsModel | undefined,
  options: Parameters<typeof createTestBackend>[0] = {},
) {
  const server = createTestBackend({
    ...(embed && { embed }),
    model: scriptedModel([{ say: { search: 'car' }, after: 'Done.' }]),
    ...options,
  });
  const { call } = server;
  onTestFinished(() => server.backend.close());
  return {
    ...server,
    /** Creates a vector store with files. Resolves when they are indexed. */
    async createStore(files: Record<string, string> = FILES) {
      const file_ids: string[] = [];
      for (const [name, text] of Object.entries(files))
        file_ids.push(await server.upload(name, text));
      const { id } = await call<VectorStore>('POST', '/vector_stores', { file_ids });
      await server.backend.idle();
      return { id, fileIds: file_ids };
    },
    search: async (id: string, body: object) =>
      (await call<VectorStoreSearchResultsPage>('POST', `/vector_stores/${id}/search`, body)).data,
    async searchNames(id: string, query: string, ranking_options: object = {}) {
      const body = { query, ranking_options };
      const page = await call<VectorStoreSearchResultsPage>(
        'POST',
        `/vector_stores/${id}/search`,
        body,
      );
      return page.data.map(({ filename }) => filename);
    },
    getFile: (id: string) => call<FileObject>('GET', `/files/${id}`),
    /** Runs an assistant that searches for a car. Resolves with the step of the search. */
    async ask(vectorStoreId: string): Promise<RunStep | undefined> {
      const assistant_id = await server.create('/v1/assistants', {
        model: 'm',
        tools: [{ type: 'file_search' }],
        tool_resources: { file_search: { vector_store_ids: [vectorStoreId] } },
      });
      const threadId = await server.create('/v1/threads', {
        messages: [{ role: 'user', content: 'Hello' }],
      });
      const runId = await server.create(`/v1/threads/${threadId}/runs`, { assistant_id });
      await server.backend.idle();
      const { data } = await call<{ data: RunStep[] }>(
        'GET',
        `/threads/${threadId}/runs/${runId}/steps`,
      );
      return data.find(({ type }) => type === 'tool_calls');
    },
  };
}
