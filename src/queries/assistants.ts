import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams, OperationResult } from '../client/operations.js';
import type { Assistant } from '../protocol/types.js';
import { writeAssistant } from './cache/writeObjects.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryFactoryOptions,
} from './createInfiniteQueryOptions.js';
import { removeFromLists, patchInLists, removeSubtree } from './cache/lists.js';
import { createQueryOptions, type OperationQueryFactoryOptions } from './createQueryOptions.js';
import {
  createMutationOptions,
  type OperationMutationFactoryOptions,
} from './createMutationOptions.js';

/** listAssistants: newest first unless the query says otherwise. */
export function listAssistantsOptions(
  client: AssistantsClient,
  { query }: OperationParams<'listAssistants'> = {},
): OperationInfiniteQueryFactoryOptions<Assistant> {
  return createInfiniteQueryOptions('listAssistants', {
    queryKey: keys.assistantList(client.scope, query),
    query,
    fetchPage: (page, signal) => client.listAssistants(page, { signal }),
  });
}

/** getAssistant. */
export function getAssistantOptions(
  client: AssistantsClient,
  { assistantId }: OperationParams<'getAssistant'>,
): OperationQueryFactoryOptions<Assistant> {
  return createQueryOptions(
    'getAssistant',
    keys.assistantDetail(client.scope, assistantId),
    ({ signal }) => client.getAssistant({ assistantId }, { signal }),
  );
}

/** createAssistant: into its detail, and to its place in the lists. */
export function createAssistantOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<Assistant, OperationParams<'createAssistant'>> {
  return createMutationOptions(
    client,
    'createAssistant',
    (params) => client.createAssistant(params),
    {
      onSuccess: (assistant, _params, _undo, context) =>
        writeAssistant(context.client, client.scope, assistant),
    },
  );
}

/** modifyAssistant: shown at once in detail and lists, taken back when the server refuses. */
export function modifyAssistantOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<
  Assistant,
  OperationParams<'modifyAssistant'>,
  { before: Assistant | undefined }
> {
  return createMutationOptions(
    client,
    'modifyAssistant',
    (params) => client.modifyAssistant(params),
    {
      onMutate({ assistantId, body }, { client: queryClient }) {
        const { queryKey } = getAssistantOptions(client, { assistantId });
        const before = queryClient.getQueryData(queryKey);
        if (before) writeAssistant(queryClient, client.scope, changed(before, body));
        else
          patchInLists<Assistant>(queryClient, listsOf(client), assistantId, (item) =>
            changed(item, body),
          );
        return { before };
      },
      onSuccess: (assistant, _params, _undo, context) =>
        writeAssistant(context.client, client.scope, assistant),
      async onError(_error, { assistantId }, undo, { client: queryClient }) {
        if (undo?.before) writeAssistant(queryClient, client.scope, undo.before);
        else await queryClient.invalidateQueries({ queryKey: listsOf(client) });
        const { queryKey } = getAssistantOptions(client, { assistantId });
        await queryClient.invalidateQueries({ queryKey, exact: true });
      },
    },
  );
}

/** deleteAssistant: its detail and files are forgotten, and it leaves the lists. */
export function deleteAssistantOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<
  OperationResult<'deleteAssistant'>,
  OperationParams<'deleteAssistant'>
> {
  return createMutationOptions(
    client,
    'deleteAssistant',
    (params) => client.deleteAssistant(params),
    {
      onSuccess(_deleted, { assistantId }, _undo, { client: queryClient }) {
        removeSubtree(queryClient, keys.assistant(client.scope, assistantId));
        removeFromLists(queryClient, listsOf(client), assistantId);
      },
    },
  );
}

function listsOf(client: AssistantsClient) {
  return keys.assistantLists(client.scope);
}

/** What a change will most likely make of an assistant. Of tool resources only the server knows the outcome. */
function changed(
  assistant: Assistant,
  { tool_resources: _unknown, ...body }: OperationParams<'modifyAssistant'>['body'],
): Assistant {
  const known = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  return { ...assistant, ...known };
}
