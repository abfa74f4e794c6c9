import { expectTypeOf, test } from 'vitest';
import { createAssistantsClient, type AssistantsClient } from '../../src/client/client.js';
import type { Params, Result } from '../../src/client/operations.js';
import type {
  Assistant,
  AssistantFile,
  CreateAssistantRequest,
  CreateMessageRequest,
  CreateRunRequest,
  CreateThreadAndRunRequest,
  CreateThreadRequest,
  FileObject,
  Message,
  MessageFile,
  OperationId,
  Page,
  Run,
  RunStep,
  Thread,
  ToolOutput,
  operations,
} from '../../src/protocol/types.js';

/** What the contract answers, before it gets a name. */
type Answer<Id extends OperationId> = operations[Id]['responses'][200]['content'] extends { 'application/json': infer Body }
  ? Body
  : never;

type List = { query?: { limit?: number; order?: 'asc' | 'desc'; after?: string; before?: string } };

test('takes ids in camelCase, and query and body where the contract has them', () => {
  expectTypeOf<Params<'listAssistants'>>().toExtend<List>();
  expectTypeOf<Params<'listAssistants'>>().toHaveProperty('query');
  expectTypeOf<Params<'createAssistant'>>().toEqualTypeOf<{ body: CreateAssistantRequest }>();
  expectTypeOf<Params<'getRun'>>().toEqualTypeOf<{ threadId: string; runId: string }>();
  expectTypeOf<Params<'getMessageFile'>>().toEqualTypeOf<{ threadId: string; messageId: string; fileId: string }>();
  expectTypeOf<Params<'createThread'>>().toEqualTypeOf<{ body?: CreateThreadRequest }>();
  expectTypeOf<Params<'createMessage'>>().toEqualTypeOf<{ threadId: string; body: CreateMessageRequest }>();
  expectTypeOf<Params<'createThreadAndRun'>>().toEqualTypeOf<{ body: CreateThreadAndRunRequest }>();
  expectTypeOf<Params<'cancelRun'>>().toEqualTypeOf<{ threadId: string; runId: string }>();
  expectTypeOf<Params<'createRun'>['body']>().toEqualTypeOf<CreateRunRequest>();
  expectTypeOf<Params<'submitToolOuputsToRun'>['body']['tool_outputs']>().toEqualTypeOf<ToolOutput[]>();
  expectTypeOf<Params<'uploadFile'>>().toEqualTypeOf<{ body: { file: Blob; purpose: string } }>();
  expectTypeOf<NonNullable<Params<'listMessages'>['query']>>().toHaveProperty('run_id');
});

test('answers with the named objects of the wire', () => {
  expectTypeOf<Result<'getAssistant'>>().toEqualTypeOf<Assistant>();
  expectTypeOf<Result<'createAssistantFile'>>().toEqualTypeOf<AssistantFile>();
  expectTypeOf<Result<'createThread'>>().toEqualTypeOf<Thread>();
  expectTypeOf<Result<'createMessage'>>().toEqualTypeOf<Message>();
  expectTypeOf<Result<'getMessageFile'>>().toEqualTypeOf<MessageFile>();
  expectTypeOf<Result<'createThreadAndRun'>>().toEqualTypeOf<Run>();
  expectTypeOf<Result<'submitToolOuputsToRun'>>().toEqualTypeOf<Run>();
  expectTypeOf<Result<'getRunStep'>>().toEqualTypeOf<RunStep>();
  expectTypeOf<Result<'uploadFile'>>().toEqualTypeOf<FileObject>();
  expectTypeOf<Result<'listMessages'>>().toEqualTypeOf<Page<Message>>();
  expectTypeOf<Result<'listRunSteps'>>().toEqualTypeOf<Page<RunStep>>();
  expectTypeOf<Result<'deleteThread'>>().toEqualTypeOf<{ id: string; object: 'thread.deleted'; deleted: boolean }>();
  expectTypeOf<Result<'deleteFile'>>().toEqualTypeOf<{ id: string; object: 'file'; deleted: boolean }>();
  expectTypeOf<Result<'getFileContent'>>().toEqualTypeOf<Blob>();
});

test('loses nothing of the contract by naming it', () => {
  type Lossy = { [Id in Exclude<OperationId, 'getFileContent'>]: Answer<Id> extends Result<Id> ? never : Id }[Exclude<
    OperationId,
    'getFileContent'
  >];
  type Anonymous = { [Id in OperationId]: [Result<Id>] extends [never] ? Id : never }[OperationId];
  expectTypeOf<Lossy>().toBeNever();
  expectTypeOf<Anonymous>().toBeNever();
});

test('has a method for every operation, the misspelt one under its right name', () => {
  type Named = Exclude<keyof AssistantsClient, 'scope' | 'beta' | 'keepsIdempotencyKeys' | 'request' | 'open'>;
  expectTypeOf<Exclude<OperationId, Named>>().toEqualTypeOf<'submitToolOuputsToRun'>();
  expectTypeOf<Exclude<Named, OperationId>>().toEqualTypeOf<'submitToolOutputsToRun'>();
});

test('lets params be left out only where nothing in them is required', () => {
  expectTypeOf<AssistantsClient['listAssistants']>().toBeCallableWith();
  expectTypeOf<AssistantsClient['createThread']>().toBeCallableWith();
  expectTypeOf<AssistantsClient['listFiles']>().toBeCallableWith({ query: { purpose: 'assistants' } });
  expectTypeOf<AssistantsClient['getRun']>().parameter(0).toEqualTypeOf<{ threadId: string; runId: string }>();
  expectTypeOf<AssistantsClient['getRun']>().returns.resolves.toEqualTypeOf<Run>();
  expectTypeOf<AssistantsClient['listMessages']>().returns.resolves.toEqualTypeOf<Page<Message>>();

  const client = createAssistantsClient();
  // The compiler is the judge, and an error that it does not find is itself one.
  const neverRun = () => {
    // @ts-expect-error the ids are missing
    void client.getRun();
    // @ts-expect-error one id is missing
    void client.getRun({ threadId: 't' });
    // @ts-expect-error ids are written in camelCase
    void client.getRun({ thread_id: 't', runId: 'r' });
    // @ts-expect-error an id may not be null
    void client.getThread({ threadId: null });
    // @ts-expect-error there is no such parameter
    void client.listAssistants({ limit: 5 });
    // @ts-expect-error a limit is a number
    void client.listAssistants({ query: { limit: '5' } });
    // @ts-expect-error assistants have no run to filter by
    void client.listAssistants({ query: { run_id: 'r' } });
    // @ts-expect-error the body is missing
    void client.createRun({ threadId: 't' });
    // @ts-expect-error a body has no such field
    void client.createRun({ threadId: 't', body: { assistant_id: 'a', assistantId: 'a' } });
    // @ts-expect-error cancelling takes no body
    void client.cancelRun({ threadId: 't', runId: 'r', body: {} });
    // @ts-expect-error only what can stream is opened
    void client.open('getRun', { threadId: 't', runId: 'r' });
    // @ts-expect-error there is no such operation
    void client.request('getRuns', {});
  };
  expectTypeOf(neverRun).toBeFunction();
});

test('types the data of a request by its operation', () => {
  const client = createAssistantsClient();
  const call = () => client.request('getRun', { threadId: 't', runId: 'r' });
  expectTypeOf(call).returns.resolves.toEqualTypeOf<{ data: Run; response: Response }>();
});
