import type { AssistantsClient } from '../client/client.js';
import type { Params, Result } from '../client/operations.js';
import type { Assistant } from '../protocol/types.js';
import { writeAssistant } from './cache.js';
import * as keys from './keys.js';
import { listOptions, type ListOptions } from './listOptions.js';
import { dropFromLists, patchInLists, removeSubtree } from './lists.js';
import { readOptions, type ReadOptions } from './readOptions.js';
import { writeOptions, type WriteOptions } from './writeOptions.js';

/** listAssistants: newest first unless the query says otherwise. */
export function listAssistantsOptions(
  client: AssistantsClient,
  { query }: Params<'listAssistants'> = {},
): ListOptions<Assistant> {
  return listOptions('listAssistants', {
    queryKey: keys.assistantList(client.scope, query),
    query,
    fetchPage: (page, signal) => client.listAssistants(page, { signal }),
  });
}

/** getAssistant. */
export function getAssistantOptions(
  client: AssistantsClient,
  { assistantId }: Params<'getAssistant'>,
): ReadOptions<Assistant> {
  return readOptions('getAssistant', keys.assistantDetail(client.scope, assistantId), ({ signal }) =>
    client.getAssistant({ assistantId }, { signal }),
  );
}

/** createAssistant: into its detail, and to its place in the lists. */
export function createAssistantOptions(
  client: AssistantsClient,
): WriteOptions<Assistant, Params<'createAssistant'>> {
  return writeOptions(client, 'createAssistant', (params) => client.createAssistant(params), {
    onSuccess: (assistant, _params, _undo, context) => writeAssistant(context.client, client.scope, assistant),
  });
}

/** modifyAssistant: shown at once in detail and lists, taken back when the server refuses. */
export function modifyAssistantOptions(
  client: AssistantsClient,
): WriteOptions<Assistant, Params<'modifyAssistant'>, { before: Assistant | undefined }> {
  return writeOptions(client, 'modifyAssistant', (params) => client.modifyAssistant(params), {
    onMutate({ assistantId, body }, { client: queryClient }) {
      const { queryKey } = getAssistantOptions(client, { assistantId });
      const before = queryClient.getQueryData(queryKey);
      if (before) writeAssistant(queryClient, client.scope, changed(before, body));
      else patchInLists<Assistant>(queryClient, listsOf(client), assistantId, (item) => changed(item, body));
      return { before };
    },
    onSuccess: (assistant, _params, _undo, context) => writeAssistant(context.client, client.scope, assistant),
    async onError(_error, { assistantId }, undo, { client: queryClient }) {
      if (undo?.before) writeAssistant(queryClient, client.scope, undo.before);
      else await queryClient.invalidateQueries({ queryKey: listsOf(client) });
      const { queryKey } = getAssistantOptions(client, { assistantId });
      await queryClient.invalidateQueries({ queryKey, exact: true });
    },
  });
}

/** deleteAssistant: its detail and files are forgotten, and it leaves the lists. */
export function deleteAssistantOptions(
  client: AssistantsClient,
): WriteOptions<Result<'deleteAssistant'>, Params<'deleteAssistant'>> {
  return writeOptions(client, 'deleteAssistant', (params) => client.deleteAssistant(params), {
    onSuccess(_deleted, { assistantId }, _undo, { client: queryClient }) {
      removeSubtree(queryClient, keys.assistant(client.scope, assistantId));
      dropFromLists(queryClient, listsOf(client), assistantId);
    },
  });
}

function listsOf(client: AssistantsClient) {
  return keys.assistantLists(client.scope);
}

/** What a change will most likely make of an assistant. Of tool resources only the server knows the outcome. */
function changed(assistant: Assistant, { tool_resources: _unknown, ...body }: Params<'modifyAssistant'>['body']): Assistant {
  const known = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  return { ...assistant, ...known };
}
