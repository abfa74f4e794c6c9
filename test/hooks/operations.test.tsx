import { readFileSync } from 'node:fs';
import * as hooks from 'assistants-react';
import * as factories from 'assistants-react/client';
import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { operations } from '../../src/client/operations.js';
import type { AssistantsError, Message, OperationId, Run } from '../../src/entries/client.js';
import { createHookHarness } from './createHookHarness.js';

/** Hook of each operation. A missing operation does not compile. */
const hooksByOperation = {
  listAssistants: hooks.useAssistants,
  createAssistant: hooks.useCreateAssistant,
  getAssistant: hooks.useAssistant,
  modifyAssistant: hooks.useModifyAssistant,
  deleteAssistant: hooks.useDeleteAssistant,
  listAssistantFiles: hooks.useAssistantFiles,
  createAssistantFile: hooks.useCreateAssistantFile,
  getAssistantFile: hooks.useAssistantFile,
  deleteAssistantFile: hooks.useDeleteAssistantFile,
  listThreads: hooks.useThreadList,
  createThread: hooks.useCreateThread,
  getThread: hooks.useThread,
  modifyThread: hooks.useModifyThread,
  deleteThread: hooks.useDeleteThread,
  listMessages: hooks.useThreadMessages,
  createMessage: hooks.useCreateMessage,
  getMessage: hooks.useMessage,
  modifyMessage: hooks.useModifyMessage,
  deleteMessage: hooks.useDeleteMessage,
  listMessageFiles: hooks.useMessageFiles,
  getMessageFile: hooks.useMessageFile,
  createThreadAndRun: hooks.useCreateThreadAndRun,
  listRuns: hooks.useThreadRuns,
  createRun: hooks.useCreateRun,
  getRun: hooks.useRun,
  modifyRun: hooks.useModifyRun,
  cancelRun: hooks.useCancelRun,
  submitToolOutputsToRun: hooks.useSubmitToolOutputs,
  listRunSteps: hooks.useRunSteps,
  getRunStep: hooks.useRunStep,
  listFiles: hooks.useFiles,
  uploadFile: hooks.useUploadFile,
  getFile: hooks.useFile,
  deleteFile: hooks.useDeleteFile,
  getFileContent: hooks.useFileContent,
  listVectorStores: hooks.useVectorStores,
  createVectorStore: hooks.useCreateVectorStore,
  getVectorStore: hooks.useVectorStore,
  modifyVectorStore: hooks.useModifyVectorStore,
  deleteVectorStore: hooks.useDeleteVectorStore,
  searchVectorStore: hooks.useVectorStoreSearch,
  listVectorStoreFiles: hooks.useVectorStoreFiles,
  createVectorStoreFile: hooks.useCreateVectorStoreFile,
  getVectorStoreFile: hooks.useVectorStoreFile,
  modifyVectorStoreFile: hooks.useModifyVectorStoreFile,
  deleteVectorStoreFile: hooks.useDeleteVectorStoreFile,
  getVectorStoreFileContent: hooks.useVectorStoreFileContent,
  createVectorStoreFileBatch: hooks.useCreateVectorStoreFileBatch,
  getVectorStoreFileBatch: hooks.useVectorStoreFileBatch,
  cancelVectorStoreFileBatch: hooks.useCancelVectorStoreFileBatch,
  listVectorStoreBatchFiles: hooks.useVectorStoreBatchFiles,
  listUsage: hooks.useUsage,
} satisfies Record<OperationId, unknown>;

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('operation hooks', () => {
  it('exist for every operation', () => {
    const ids = Object.keys(hooksByOperation);
    expect(ids.toSorted()).toEqual(Object.keys(operations).toSorted());
    expect(new Set(Object.values(hooksByOperation)).size).toBe(ids.length);
  });

  it('are listed in docs/hooks.md', () => {
    const pairs = readFileSync('docs/hooks.md', 'utf8').matchAll(
      /\| (\w+) +\| `(use\w+)` +(?=\|)/g,
    );
    const listed = Array.from(pairs, ([, id = '', name = '']) => [id, Reflect.get(hooks, name)]);
    expect(Object.fromEntries(listed)).toEqual(hooksByOperation);
    expect(listed).toHaveLength(Object.keys(hooksByOperation).length);
  });

  it('have an option factory each', () => {
    const names = Object.keys(operations).map((id) => `${id}Options`);
    expect(Object.keys(factories)).toEqual(expect.arrayContaining(names));
  });

  it('infer the types of data, errors and params', () => {
    const run = () => hooks.useRun({ threadId: 'thread_1', runId: null });
    expectTypeOf<ReturnType<typeof run>['data']>().toEqualTypeOf<Run | undefined>();
    expectTypeOf<ReturnType<typeof run>['error']>().toEqualTypeOf<AssistantsError | null>();
    const status = () =>
      hooks.useRun({ threadId: 't', runId: 'r' }, { select: (data) => data.status });
    expectTypeOf<ReturnType<typeof status>['data']>().toEqualTypeOf<Run['status'] | undefined>();
    const messages = () => hooks.useThreadMessages({ threadId: undefined, query: { limit: 5 } });
    expectTypeOf<ReturnType<typeof messages>['data']>().toEqualTypeOf<Message[] | undefined>();
    const cancel = () => hooks.useCancelRun();
    expectTypeOf<Parameters<ReturnType<typeof cancel>['mutate']>[0]>().toEqualTypeOf<{
      threadId: string;
      runId: string;
    }>();
    expectTypeOf(hooks.useRun).parameter(0).toEqualTypeOf<hooks.MaybeOperationParams<'getRun'>>();
  });

  it('report an error of onSuccess, and do not roll back', async () => {
    const report = vi.fn<(error: unknown) => void>();
    vi.stubGlobal('reportError', report);
    const { client, queryClient, wrapper, createAssistant } = createHookHarness();
    const assistantId = await createAssistant({ name: 'old' });
    const failure = new Error('onSuccess failed');
    const onSuccess = () => {
      throw failure;
    };
    const { result } = renderHook(() => hooks.useModifyAssistant({ onSuccess }), { wrapper });
    await act(async () => {
      await result.current.mutateAsync({ assistantId, body: { name: 'new' } });
    });
    expect(report).toHaveBeenCalledExactlyOnceWith(failure);
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    const { queryKey } = factories.getAssistantOptions(client, { assistantId });
    expect(queryClient.getQueryData(queryKey)?.name).toBe('new');
  });

  it('call onError after the rollback', async () => {
    const { client, queryClient, wrapper, createAssistant } = createHookHarness();
    const assistantId = await createAssistant({ name: 'old' });
    const options = factories.getAssistantOptions(client, { assistantId });
    await queryClient.query(options);
    const onError = vi.fn<() => void>(() => {
      expect(queryClient.getQueryData(options.queryKey)?.name).toBe('old');
    });
    const { result } = renderHook(() => hooks.useModifyAssistant({ onError }), { wrapper });
    await act(async () => {
      const name = 'x'.repeat(300);
      await expect(
        result.current.mutateAsync({ assistantId, body: { name } }),
      ).rejects.toMatchObject({ status: 400 });
    });
    expect(onError).toHaveBeenCalledTimes(1);
  });

  it('call onMutate before the optimistic update, and ignore its result', async () => {
    const { client, queryClient, wrapper, createAssistant } = createHookHarness();
    const assistantId = await createAssistant({ name: 'old' });
    const options = factories.getAssistantOptions(client, { assistantId });
    await queryClient.query(options);
    const names: (string | null | undefined)[] = [];
    const onMutate = () => {
      names.push(queryClient.getQueryData(options.queryKey)?.name);
      return { before: undefined };
    };
    const { result } = renderHook(() => hooks.useModifyAssistant({ onMutate }), { wrapper });
    await act(async () => {
      const rejected = result.current.mutateAsync({ assistantId, body: { name: 'x'.repeat(300) } });
      await expect(rejected).rejects.toMatchObject({ status: 400 });
    });
    expect(names).toEqual(['old']);
    expect(queryClient.getQueryData(options.queryKey)?.name).toBe('old');
  });

  it('accept onMutate without an optimistic update of their own', async () => {
    const { wrapper, takeRequests } = createHookHarness();
    const onMutate = vi.fn<(variables: unknown) => void>();
    const { result } = renderHook(() => hooks.useCreateThread({ onMutate }), { wrapper });
    await act(async () => {
      await result.current.mutateAsync({});
    });
    expect(onMutate.mock.calls[0]?.[0]).toEqual({});
    expect(takeRequests()).toEqual(['POST /threads']);
  });

  it('send nothing if onMutate throws', async () => {
    const { wrapper, takeRequests } = createHookHarness();
    const onMutate = () => {
      throw new Error('not now');
    };
    const { result } = renderHook(() => hooks.useCreateMessage({ onMutate }), { wrapper });
    await act(async () => {
      const body = { role: 'user', content: 'Hi' } as const;
      const rejected = result.current.mutateAsync({ threadId: 'thread_1', body });
      await expect(rejected).rejects.toThrow('not now');
    });
    expect(takeRequests()).toEqual([]);
  });

  it.each([
    ['useRun', () => hooks.useRun({ threadId: 'thread_1', runId: undefined }), 'run_id'],
    ['useThreadMessages', () => hooks.useThreadMessages({ threadId: null }), 'thread_id'],
    ['useThread', () => hooks.useThread({ threadId: undefined }), 'thread_id'],
    [
      'useMessageFile',
      () => hooks.useMessageFile({ threadId: 't', messageId: 'm', fileId: null }),
      'file_id',
    ],
    ['useFileContent', () => hooks.useFileContent({ fileId: undefined }).query, 'file_id'],
    ['useActiveRun', () => hooks.useActiveRun({ threadId: undefined }), 'thread_id'],
    [
      'useRun with enabled',
      () => hooks.useRun({ threadId: null, runId: 'run_1' }, { enabled: true }),
      'thread_id',
    ],
  ])('name the missing id when %s is refetched', async (_name, useHook, param) => {
    const { wrapper, takeRequests } = createHookHarness();
    const { result } = renderHook(
      (): { refetch: () => Promise<{ error: unknown }>; fetchStatus: string } => useHook(),
      { wrapper },
    );
    expect(result.current.fetchStatus).toBe('idle');
    const { error } = await act(() => result.current.refetch());
    expect(error).toMatchObject({ name: 'AssistantsError', kind: 'invalid-id', param });
    expect(error).toMatchObject({ message: expect.stringContaining(param) });
    expect(takeRequests()).toEqual([]);
  });

  it('pass pages newest first to select of useThreadMessages', async () => {
    const { client, wrapper, ...harness } = createHookHarness();
    const threadId = await harness.createThread(2);
    const params = { threadId };
    const { select } = factories.listMessagesOptions(client, params);
    const useSelected = () =>
      hooks.useThreadMessages(params, {
        select: (pages) => ({
          wire: pages.pages.flatMap(({ data }) => data.map(hooks.getMessageText)),
          sorted: select(pages).map(hooks.getMessageText),
        }),
      });
    const { result } = renderHook(useSelected, { wrapper });
    await waitFor(() => expect(result.current.data?.wire).toEqual(['2', '1']));
    expect(result.current.data?.sorted).toEqual(['1', '2']);
  });
});
