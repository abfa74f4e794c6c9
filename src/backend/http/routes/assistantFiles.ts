import { toToolResources } from '../../domain/buildToolResources.js';
import { badRequest, notFound } from '../../domain/errors.js';
import { findAssistant, findFile } from '../../domain/findObjects.js';
import { buildVectorStoreOf } from '../../domain/vectorStores/buildVectorStore.js';
import { toAssistantFile } from '../../domain/toAssistantFile.js';
import type { Collections } from '../../stores/Store.js';
import type { BackendContext } from '../BackendContext.js';
import type { Handlers } from '../operations.js';
import { paginate } from '../response/pagination.js';

/** Limit of version 1. */
const MAX_FILES_PER_ASSISTANT = 20;

/** Creates the handlers for files of assistants. The operations belong to version 1 but work in both versions. */
export function assistantFileRoutes(
  context: BackendContext,
): Handlers<
  'listAssistantFiles' | 'createAssistantFile' | 'getAssistantFile' | 'deleteAssistantFile'
> {
  const { store } = context;

  /**
   * Stores the files of an assistant. Its vector store may have other users, so it gets a new one. Does not check the files,
   * because some of them may have been deleted.
   */
  async function storeFiles(
    assistant: Collections['assistants'],
    fileIds: string[],
  ): Promise<void> {
    const { toolResources, changes } =
      fileIds.length === 0
        ? { toolResources: {}, changes: [] }
        : toToolResources(await buildVectorStoreOf(context, {}, fileIds));
    await store.write([
      ...changes,
      {
        type: 'put',
        collection: 'assistants',
        object: { ...assistant, file_ids: fileIds, tool_resources: toolResources },
      },
    ]);
  }

  return {
    async listAssistantFiles({ params, query }) {
      const assistant = await findAssistant(store, params.assistant_id);
      const files = assistant.file_ids.map((fileId) => toAssistantFile(assistant, fileId));
      return paginate(files, query);
    },

    createAssistantFile: ({ params, body }) =>
      context.withLock(params.assistant_id, async () => {
        const assistant = await findAssistant(store, params.assistant_id);
        const { id } = await findFile(store, body.file_id);
        if (!assistant.file_ids.includes(id)) {
          if (assistant.file_ids.length >= MAX_FILES_PER_ASSISTANT) {
            throw badRequest(
              `Assistant ${assistant.id} already has ${MAX_FILES_PER_ASSISTANT} files, which is the maximum.`,
              { param: 'file_id', code: 'array_above_max_length' },
            );
          }
          await storeFiles(assistant, [...assistant.file_ids, id]);
        }
        return toAssistantFile(assistant, id);
      }),

    async getAssistantFile({ params }) {
      const assistant = await findAssistant(store, params.assistant_id);
      if (!assistant.file_ids.includes(params.file_id)) throw notFound('file', params.file_id);
      return toAssistantFile(assistant, params.file_id);
    },

    deleteAssistantFile: ({ params }) =>
      context.withLock(params.assistant_id, async () => {
        const assistant = await findAssistant(store, params.assistant_id);
        const { file_id: id } = params;
        if (!assistant.file_ids.includes(id)) throw notFound('file', id);
        await storeFiles(
          assistant,
          assistant.file_ids.filter((fileId) => fileId !== id),
        );
        return { id, object: 'assistant.file.deleted', deleted: true };
      }),
  };
}
