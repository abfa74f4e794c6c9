import type { AssistantFile } from '../../../protocol/types.js';
import type { BackendContext } from '../BackendContext.js';
import { badRequest, notFound } from '../../domain/errors.js';
import type { Handlers } from '../operations.js';
import { findAssistant, findFile } from '../../domain/findObjects.js';
import { paginate } from '../response/pagination.js';
import type { Collections } from '../../stores/Store.js';
import { buildVectorStore } from '../../domain/buildToolResources.js';

/** How many files an assistant of version 1 holds at most. */
const FILES_PER_ASSISTANT = 20;

/** The operations on the files of assistants: version 1 on the wire, answered in both. */
export function assistantFileRoutes(
  context: BackendContext,
): Handlers<
  'listAssistantFiles' | 'createAssistantFile' | 'getAssistantFile' | 'deleteAssistantFile'
> {
  const { store } = context;

  /** Vector stores never change, so an assistant with other files gets another one. Some of its files may have been deleted. */
  async function keepFiles(assistant: Collections['assistants'], fileIds: string[]): Promise<void> {
    const { toolResources, changes } = buildVectorStore(context, fileIds);
    const changed = {
      ...assistant,
      file_ids: fileIds,
      tool_resources: fileIds.length === 0 ? {} : toolResources,
    };
    await store.write([
      ...(fileIds.length === 0 ? [] : changes),
      { type: 'put', collection: 'assistants', object: changed },
    ]);
  }

  return {
    async listAssistantFiles({ params, query }) {
      const assistant = await findAssistant(store, params.assistant_id);
      return paginate(
        assistant.file_ids.map((fileId) => assistantFile(assistant, fileId)),
        query,
      );
    },

    createAssistantFile: ({ params, body }) =>
      context.withLock(params.assistant_id, async () => {
        const assistant = await findAssistant(store, params.assistant_id);
        const { id } = await findFile(store, body.file_id);
        if (!assistant.file_ids.includes(id)) {
          if (assistant.file_ids.length >= FILES_PER_ASSISTANT) {
            throw badRequest(
              `Assistant ${assistant.id} already has ${FILES_PER_ASSISTANT} files, the most it can hold.`,
              {
                param: 'file_id',
                code: 'array_above_max_length',
              },
            );
          }
          await keepFiles(assistant, [...assistant.file_ids, id]);
        }
        return assistantFile(assistant, id);
      }),

    async getAssistantFile({ params }) {
      const assistant = await findAssistant(store, params.assistant_id);
      if (!assistant.file_ids.includes(params.file_id)) throw notFound('file', params.file_id);
      return assistantFile(assistant, params.file_id);
    },

    deleteAssistantFile: ({ params }) =>
      context.withLock(params.assistant_id, async () => {
        const assistant = await findAssistant(store, params.assistant_id);
        const { file_id: id } = params;
        if (!assistant.file_ids.includes(id)) throw notFound('file', id);
        await keepFiles(
          assistant,
          assistant.file_ids.filter((fileId) => fileId !== id),
        );
        return { id, object: 'assistant.file.deleted', deleted: true };
      }),
  };
}

/** A file of an assistant, as version 1 shows it. */
export function assistantFile(assistant: Collections['assistants'], fileId: string): AssistantFile {
  return {
    id: fileId,
    object: 'assistant.file',
    created_at: assistant.created_at,
    assistant_id: assistant.id,
  };
}
