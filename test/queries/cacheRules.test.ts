import { InfiniteQueryObserver, QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import type { AssistantsClient } from '../../src/client/AssistantsClient.js';
import type { AssistantsError } from '../../src/client/AssistantsError.js';
import { operationIds, operationPaths } from '../../src/protocol/operationPaths.js';
import type { OperationId } from '../../src/protocol/types.js';
import type { OperationMutationOptions } from '../../src/queries/createMutationOptions.js';
import * as assistantFiles from '../../src/queries/assistantFiles.js';
import * as assistants from '../../src/queries/assistants.js';
import * as files from '../../src/queries/files.js';
import * as messageFiles from '../../src/queries/messageFiles.js';
import * as messages from '../../src/queries/messages.js';
import * as runs from '../../src/queries/runs.js';
import * as runSteps from '../../src/queries/runSteps.js';
import * as threads from '../../src/queries/threads.js';
import { createTestHarness, nextTask } from './createTestHarness.js';

/*
 * Performs each operation that changes something while every query of the API is observed. After the change, the cache
 * must equal what the server returns. Everything that the response tells is written without a request.
 */

type Version = 'v1' | 'v2';
type Setup = Awaited<ReturnType<typeof createSetup>>;
type Ids = Setup['ids'];

/** Lists, and single objects. Those of version 1 only are marked. */
const lists = {
  listAssistants: (client: AssistantsClient) => assistants.listAssistantsOptions(client),
  listThreads: (client: AssistantsClient) => threads.listThreadsOptions(client),
  listMessages: messages.listMessagesOptions,
  listRuns: runs.listRunsOptions,
  listRunSteps: runSteps.listRunStepsOptions,
  listFiles: (client: AssistantsClient) => files.listFilesOptions(client),
};
const listsOfV1 = {
  listAssistantFiles: assistantFiles.listAssistantFilesOptions,
  listMessageFiles: messageFiles.listMessageFilesOptions,
};
const details = {
  getAssistant: assistants.getAssistantOptions,
  getThread: threads.getThreadOptions,
  getMessage: messages.getMessageOptions,
  getRun: runs.getRunOptions,
  getRunStep: runSteps.getRunStepOptions,
  getFile: files.getFileOptions,
};
const detailsOfV1 = {
  getAssistantFile: assistantFiles.getAssistantFileOptions,
  getMessageFile: messageFiles.getMessageFileOptions,
};

interface CachedQuery {
  name: string;
  getCached: () => unknown;
  /** Reads the data with an empty cache. Undefined if the server no longer has the object. */
  fetchFresh: () => Promise<unknown>;
}

/** Observes every query. */
function observeQueries(
  queryClient: QueryClient,
  client: AssistantsClient,
  ids: Ids,
  version: Version,
) {
  const queries: CachedQuery[] = [];
  const add = (
    name: string,
    getCached: () => unknown,
    fetch: (fresh: QueryClient) => Promise<unknown>,
  ) =>
    queries.push({
      name,
      getCached,
      fetchFresh: () =>
        fetch(new QueryClient()).catch((error: AssistantsError) => {
          if (error.status !== 404) throw error;
          return undefined;
        }),
    });
  const isV1 = version === 'v1';
  for (const [name, factory] of Object.entries({ ...lists, ...(isV1 ? listsOfV1 : {}) })) {
    const options = (factory as typeof messages.listMessagesOptions)(client, ids);
    new InfiniteQueryObserver(queryClient, options).subscribe(() => undefined);
    const getItems = (data: { pages: { data: unknown[] }[] } | undefined) =>
      data?.pages.flatMap((page) => page.data);
    add(
      name,
      () => getItems(queryClient.getQueryData(options.queryKey)),
      async (fresh) => {
        await fresh.fetchInfiniteQuery(options);
        return getItems(fresh.getQueryData(options.queryKey));
      },
    );
  }
  for (const [name, factory] of Object.entries({ ...details, ...(isV1 ? detailsOfV1 : {}) })) {
    const options = (factory as typeof messages.getMessageOptions)(client, ids);
    new QueryObserver(queryClient, { ...options, refetchInterval: false }).subscribe(
      () => undefined,
    );
    add(
      name,
      () => queryClient.getQueryData(options.queryKey),
      (fresh) => fresh.fetchQuery(options),
    );
  }
  const newest = runs.newestRunOptions(client, ids);
  new QueryObserver(queryClient, newest).subscribe(() => undefined);
  add(
    'newestRun',
    () => queryClient.getQueryData(newest.queryKey),
    (fresh) => fresh.fetchQuery(newest),
  );
  return queries;
}

/** Creates an assistant, and a thread whose run waits for tool outputs. Observes every query for them. */
async function createSetup(version: Version, { isRunSettled = false } = {}) {
  const model = scriptedModel([
    { when: 'plain', say: 'Hello' },
    { say: { call: 'get_weather', with: {} }, after: 'It rains.' },
  ]);
  const harness = createTestHarness({ backend: { model }, client: { apiVersion: version } });
  const { client, queryClient, backend, create, advanceTime } = harness;
  const headers = { 'openai-beta': `assistants=${version}` };
  const [fileId, spareFileId] = [await harness.upload('one.txt'), await harness.upload('two.txt')];
  const attached = version === 'v1' ? { file_ids: [fileId] } : {};
  const tools = [
    { type: 'function', function: { name: 'get_weather' } },
    ...(version === 'v1' ? [{ type: 'retrieval' }] : []),
  ];
  const assistantId = await create('/v1/assistants', { model: 'm', tools, ...attached }, headers);
  const threadId = await create('/v1/threads');
  const content = isRunSettled ? 'plain' : 'rain';
  const messageId = await create(
    `/v1/threads/${threadId}/messages`,
    { role: 'user', content, ...attached },
    headers,
  );
  advanceTime(1_000);
  const runId = await create(`/v1/threads/${threadId}/runs`, { assistant_id: assistantId });
  await backend.idle();
  advanceTime(1_000);
  const [step] = (await client.listRunSteps({ threadId, runId })).data;
  const ids = { assistantId, threadId, messageId, runId, stepId: step?.id ?? '', fileId };
  const queries = observeQueries(queryClient, client, ids, version);
  // The code that watches runs is loaded with the first request for a run.
  await import('../../src/queries/watchRuns.lazy.js');
  await waitForRequests(queryClient);
  harness.takeRequests();
  return { ...harness, ids, spareFileId, queries };
}

async function waitForRequests(queryClient: QueryClient): Promise<void> {
  do await nextTask();
  while (queryClient.isFetching() > 0);
}

/** Operation that changes something. */
interface Change {
  version?: Version;
  isRunSettled?: boolean;
  mutate: (setup: Setup) => Promise<unknown>;
  /** Requests after that of the operation. @default none */
  requests?: (ids: Ids) => unknown[];
}

function execute<Data, Variables, Result>(
  { client, queryClient }: Setup,
  factory: (client: AssistantsClient) => OperationMutationOptions<Data, Variables, Result>,
  variables: Variables,
): Promise<Data> {
  const mutation = queryClient.getMutationCache().build(queryClient, factory(client));
  return mutation.execute(variables);
}

/** Reads a run once when the model has stopped. Polling is off in these tests. */
async function pollRun({ backend, client, queryClient, ids }: Setup, runId: string): Promise<void> {
  await backend.idle();
  const options = runs.getRunOptions(client, { ...ids, runId });
  await queryClient.fetchQuery({ ...options, staleTime: 0 });
}

const body = { metadata: { changed: 'yes' } };
const message = { role: 'user', content: 'more' } as const;
const matchSyncRequest = (threadId: string): unknown =>
  expect.stringMatching(
    new RegExp(`^GET /threads/${threadId}/messages\\?order=asc&limit=100&after=`),
  );

const changes: Partial<Record<OperationId, Change>> = {
  createAssistant: {
    mutate: (setup) => execute(setup, assistants.createAssistantOptions, { body: { model: 'm' } }),
  },
  modifyAssistant: {
    mutate: (setup) =>
      execute(setup, assistants.modifyAssistantOptions, { ...setup.ids, body: { name: 'new' } }),
  },
  deleteAssistant: {
    mutate: (setup) => execute(setup, assistants.deleteAssistantOptions, setup.ids),
  },
  createAssistantFile: {
    version: 'v1',
    mutate: (setup) =>
      execute(setup, assistantFiles.createAssistantFileOptions, {
        ...setup.ids,
        body: { file_id: setup.spareFileId },
      }),
  },
  deleteAssistantFile: {
    version: 'v1',
    mutate: (setup) => execute(setup, assistantFiles.deleteAssistantFileOptions, setup.ids),
  },
  createThread: {
    mutate: (setup) => execute(setup, threads.createThreadOptions, { body }),
  },
  modifyThread: {
    mutate: (setup) => execute(setup, threads.modifyThreadOptions, { ...setup.ids, body }),
  },
  deleteThread: {
    mutate: (setup) => execute(setup, threads.deleteThreadOptions, setup.ids),
  },
  createMessage: {
    isRunSettled: true,
    mutate: (setup) =>
      execute(setup, messages.createMessageOptions, { ...setup.ids, body: message }),
  },
  modifyMessage: {
    mutate: (setup) => execute(setup, messages.modifyMessageOptions, { ...setup.ids, body }),
  },
  deleteMessage: {
    mutate: (setup) => execute(setup, messages.deleteMessageOptions, setup.ids),
  },
  createRun: {
    isRunSettled: true,
    async mutate(setup) {
      const { ids } = setup;
      const { id } = await execute(setup, runs.createRunOptions, {
        ...ids,
        body: { assistant_id: ids.assistantId, additional_messages: [message] },
      });
      await pollRun(setup, id);
    },
    requests: ({ threadId }) => [
      expect.stringMatching(`^GET /threads/${threadId}/runs/run_\\w+$`),
      matchSyncRequest(threadId),
    ],
  },
  createThreadAndRun: {
    mutate: ({ ids, ...setup }) =>
      execute({ ids, ...setup }, runs.createThreadAndRunOptions, {
        body: { assistant_id: ids.assistantId },
      }),
    requests: () => ['GET /threads'],
  },
  modifyRun: {
    mutate: (setup) => execute(setup, runs.modifyRunOptions, { ...setup.ids, body }),
  },
  cancelRun: {
    async mutate(setup) {
      await execute(setup, runs.cancelRunOptions, setup.ids);
      await pollRun(setup, setup.ids.runId);
    },
    requests: ({ threadId, runId, stepId }) => [
      `GET /threads/${threadId}/runs/${runId}`,
      `GET /threads/${threadId}/runs/${runId}/steps`,
      `GET /threads/${threadId}/runs/${runId}/steps/${stepId}`,
      matchSyncRequest(threadId),
    ],
  },
  submitToolOutputsToRun: {
    async mutate(setup) {
      const { client, ids } = setup;
      const { required_action: action } = await client.getRun(ids);
      const calls = action?.submit_tool_outputs.tool_calls ?? [];
      setup.takeRequests();
      await execute(setup, runs.submitToolOutputsToRunOptions, {
        ...ids,
        body: { tool_outputs: calls.map(({ id }) => ({ tool_call_id: id, output: 'rain' })) },
      });
      await pollRun(setup, ids.runId);
    },
    requests: ({ threadId, runId, stepId }) => [
      `GET /threads/${threadId}/runs/${runId}`,
      `GET /threads/${threadId}/runs/${runId}/steps`,
      `GET /threads/${threadId}/runs/${runId}/steps/${stepId}`,
      matchSyncRequest(threadId),
    ],
  },
  uploadFile: {
    mutate: (setup) =>
      execute(setup, files.uploadFileOptions, {
        body: { file: new File(['new'], 'new.txt'), purpose: 'assistants' },
      }),
  },
  deleteFile: {
    mutate: (setup) => execute(setup, files.deleteFileOptions, { fileId: setup.ids.fileId }),
  },
};

describe('cache rules', () => {
  it('are tested for each operation that changes something', () => {
    // Those of vector stores are followed by polls, see vectorStores.test.ts.
    const changing = operationIds.filter(
      (id) => operationPaths[id].method !== 'GET' && !id.includes('VectorStore'),
    );
    expect(Object.keys(changes).toSorted()).toEqual(changing.toSorted());
  });

  it.each(Object.entries(changes))(
    'keep the cache equal to the server after %s',
    async (_operationId, { version = 'v2', isRunSettled = false, mutate, requests }) => {
      const setup = await createSetup(version, { isRunSettled });
      const before = setup.queries.map(({ getCached }) => getCached());
      expect(before).not.toContain(undefined);
      await mutate(setup);
      await setup.backend.idle();
      await waitForRequests(setup.queryClient);
      const [, ...further] = setup.takeRequests();
      const expected = requests?.(setup.ids) ?? [];
      expect(further).toHaveLength(expected.length);
      expect(further).toEqual(expect.arrayContaining(expected));
      for (const { name, getCached, fetchFresh } of setup.queries)
        expect([name, getCached()]).toEqual([name, await fetchFresh()]);
    },
  );
});
