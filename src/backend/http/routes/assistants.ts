import { toUnixSeconds } from '../../../common/toUnixSeconds.js';
import type { Assistant } from '../../../protocol/types.js';
import {
  buildFileSearchResources,
  buildToolResources,
  type BuiltToolResources,
} from '../../domain/buildToolResources.js';
import { findAssistant } from '../../domain/findObjects.js';
import type { Collections } from '../../stores/Store.js';
import type { BackendContext } from '../BackendContext.js';
import type { Handlers } from '../operations.js';
import { listPage } from '../response/pagination.js';

/** Creates the handlers for assistants. */
export function assistantRoutes(
  context: BackendContext,
): Handlers<
  'listAssistants' | 'createAssistant' | 'getAssistant' | 'modifyAssistant' | 'deleteAssistant'
> {
  const { store } = context;
  return {
    listAssistants: ({ query }) => listPage(store, 'assistants', query),

    async createAssistant({ body }) {
      const resources = await buildAssistantResources(context, body);
      const assistant: Collections['assistants'] = {
        id: context.generateId('asst_'),
        object: 'assistant',
        created_at: toUnixSeconds(context.now()),
        name: body.name ?? null,
        description: body.description ?? null,
        model: body.model,
        instructions: body.instructions ?? null,
        tools: body.tools ?? [],
        tool_resources: resources.toolResources,
        file_ids: resources.fileIds,
        metadata: body.metadata ?? {},
        temperature: body.temperature === undefined ? 1 : body.temperature,
        top_p: body.top_p === undefined ? 1 : body.top_p,
        response_format: body.response_format ?? 'auto',
        reasoning_effort: body.reasoning_effort ?? null,
      };
      await store.write([
        ...resources.changes,
        { type: 'put', collection: 'assistants', object: assistant },
      ]);
      return assistant;
    },

    getAssistant: ({ params }) => findAssistant(store, params.assistant_id),

    modifyAssistant: ({ params, body }) =>
      context.withLock(params.assistant_id, async () => {
        const assistant = await findAssistant(store, params.assistant_id);
        const { file_ids: fileIds, tool_resources: toolResources, metadata, ...fields } = body;
        const changed: Collections['assistants'] = { ...assistant, ...fields };
        if (metadata !== undefined) changed.metadata = metadata ?? {};
        if (fileIds === undefined && toolResources === undefined) {
          await store.write([{ type: 'put', collection: 'assistants', object: changed }]);
          return changed;
        }
        const resources = await buildAssistantResources(context, body);
        changed.tool_resources = resources.toolResources;
        changed.file_ids = resources.fileIds;
        await store.write([
          ...resources.changes,
          { type: 'put', collection: 'assistants', object: changed },
        ]);
        return changed;
      }),

    deleteAssistant: ({ params }) =>
      context.withLock(params.assistant_id, async () => {
        const { id } = await findAssistant(store, params.assistant_id);
        await store.write([{ type: 'remove', collection: 'assistants', id }]);
        return { id, object: 'assistant.deleted', deleted: true };
      }),
  };
}

/** Builds tool resources from `file_ids` (version 1) or `tool_resources` (version 2). Assistants store both. */
function buildAssistantResources(
  context: BackendContext,
  body: { file_ids?: string[]; tool_resources?: Assistant['tool_resources'] },
): Promise<BuiltToolResources> {
  return body.file_ids !== undefined && body.file_ids.length > 0
    ? buildFileSearchResources(context, body.file_ids)
    : buildToolResources(context, body.tool_resources);
}
