import * as hooks from 'assistants-react';
import * as factories from 'assistants-react/client';
import { expect, expectTypeOf, test } from 'vitest';
import { operations } from '../../src/client/operations.js';
import type { AssistantsError, Message, OperationId, Run } from '../../src/entries/client.js';

/** A forgotten operation does not compile. */
const hookOf = {
  listAssistants: hooks.useAssistants,
  createAssistant: hooks.useCreateAssistant,
  getAssistant: hooks.useAssistant,
  modifyAssistant: hooks.useModifyAssistant,
  deleteAssistant: hooks.useDeleteAssistant,
  listAssistantFiles: hooks.useAssistantFiles,
  createAssistantFile: hooks.useCreateAssistantFile,
  getAssistantFile: hooks.useAssistantFile,
  deleteAssistantFile: hooks.useDeleteAssistantFile,
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
} satisfies Record<OperationId, unknown>;

test('has a hook of its own for every operation', () => {
  expect(Object.keys(hookOf).toSorted()).toEqual(Object.keys(operations).toSorted());
  expect(new Set(Object.values(hookOf)).size).toBe(34);
});

test('has a factory for every operation, without React', () => {
  const names = Object.keys(operations).map((id) => `${id}Options`);
  expect(Object.keys(factories)).toEqual(expect.arrayContaining(names));
});

test('knows the types of data, errors and params', () => {
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
