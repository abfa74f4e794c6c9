import { expectTypeOf, test } from 'vitest';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import type { AssistantsClient } from '../../src/client/AssistantsClient.js';
import type { OperationParams, OperationResult } from '../../src/client/operations.js';
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
  SubmitToolOutputsRequest,
  ToolCallApproval,
  ToolOutput,
  operations,
} from '../../src/protocol/types.js';

/** Response body of an operation as generated from the contract, without a named type. */
type Answer<Id extends OperationId> = operations[Id]['responses'][200]['content'] extends {
  'application/json': infer Body;
}
  ? Body
  : never;

type List = { query?: { limit?: number; order?: 'asc' | 'desc'; after?: string; before?: string } };

test('takes ids in camelCase, and query and body if the contract has them', () => {
  expectTypeOf<OperationParams<'listAssistants'>>().toExtend<List>();
  expectTypeOf<OperationParams<'listAssistants'>>().toHaveProperty('query');
  expectTypeOf<OperationParams<'createAssistant'>>().toEqualTypeOf<{
    body: CreateAssistantRequest;
  }>();
  expectTypeOf<OperationParams<'getRun'>>().toEqualTypeOf<{ threadId: string; runId: string }>();
  expectTypeOf<OperationParams<'getMessageFile'>>().toEqualTypeOf<{
    threadId: string;
    messageId: string;
    fileId: string;
  }>();
  expectTypeOf<OperationParams<'createThread'>>().toEqualTypeOf<{ body?: CreateThreadRequest }>();
  expectTypeOf<OperationParams<'createMessage'>>().toEqualTypeOf<{
    threadId: string;
    body: CreateMessageRequest;
  }>();
  expectTypeOf<OperationParams<'createThreadAndRun'>>().toEqualTypeOf<{
    body: CreateThreadAndRunRequest;
  }>();
  expectTypeOf<OperationParams<'cancelRun'>>().toEqualTypeOf<{ threadId: string; runId: string }>();
  expectTypeOf<OperationParams<'createRun'>['body']>().toEqualTypeOf<CreateRunRequest>();
  expectTypeOf<
    OperationParams<'submitToolOutputsToRun'>['body']
  >().toEqualTypeOf<SubmitToolOutputsRequest>();
  expectTypeOf<{ tool_outputs: ToolOutput[] }>().toExtend<SubmitToolOutputsRequest>();
  expectTypeOf<{ tool_approvals: ToolCallApproval[] }>().toExtend<SubmitToolOutputsRequest>();
  expectTypeOf<OperationParams<'uploadFile'>>().toEqualTypeOf<{
    body: { file: Blob; purpose: string };
  }>();
  expectTypeOf<NonNullable<OperationParams<'listMessages'>['query']>>().toHaveProperty('run_id');
});

test('resolves with the named wire types', () => {
  expectTypeOf<OperationResult<'getAssistant'>>().toEqualTypeOf<Assistant>();
  expectTypeOf<OperationResult<'createAssistantFile'>>().toEqualTypeOf<AssistantFile>();
  expectTypeOf<OperationResult<'createThread'>>().toEqualTypeOf<Thread>();
  expectTypeOf<OperationResult<'createMessage'>>().toEqualTypeOf<Message>();
  expectTypeOf<OperationResult<'getMessageFile'>>().toEqualTypeOf<MessageFile>();
  expectTypeOf<OperationResult<'createThreadAndRun'>>().toEqualTypeOf<Run>();
  expectTypeOf<OperationResult<'submitToolOutputsToRun'>>().toEqualTypeOf<Run>();
  expectTypeOf<OperationResult<'getRunStep'>>().toEqualTypeOf<RunStep>();
  expectTypeOf<OperationResult<'uploadFile'>>().toEqualTypeOf<FileObject>();
  expectTypeOf<OperationResult<'listMessages'>>().toEqualTypeOf<Page<Message>>();
  expectTypeOf<OperationResult<'listRunSteps'>>().toEqualTypeOf<Page<RunStep>>();
  expectTypeOf<OperationResult<'deleteThread'>>().toEqualTypeOf<{
    id: string;
    object: 'thread.deleted';
    deleted: boolean;
  }>();
  expectTypeOf<OperationResult<'deleteFile'>>().toEqualTypeOf<{
    id: string;
    object: 'file';
    deleted: boolean;
  }>();
  expectTypeOf<OperationResult<'getFileContent'>>().toEqualTypeOf<Blob>();
});

test('keeps the types of the contract under their names', () => {
  type Lossy = {
    [Id in Exclude<OperationId, 'getFileContent'>]: Answer<Id> extends OperationResult<Id>
      ? never
      : Id;
  }[Exclude<OperationId, 'getFileContent'>];
  type Anonymous = {
    [Id in OperationId]: [OperationResult<Id>] extends [never] ? Id : never;
  }[OperationId];
  expectTypeOf<Lossy>().toBeNever();
  expectTypeOf<Anonymous>().toBeNever();
});

test('has a method for every operation', () => {
  type Named = Exclude<
    keyof AssistantsClient,
    | 'scope'
    | 'apiVersion'
    | 'supportsIdempotencyKeys'
    | 'supports'
    | 'getUrl'
    | 'requestWithResponse'
    | 'stream'
  >;
  expectTypeOf<Exclude<OperationId, Named>>().toBeNever();
  expectTypeOf<Exclude<Named, OperationId>>().toBeNever();
});

test('lets callers omit the parameters only if none is required', () => {
  expectTypeOf<AssistantsClient['listAssistants']>().toBeCallableWith();
  expectTypeOf<AssistantsClient['createThread']>().toBeCallableWith();
  expectTypeOf<AssistantsClient['listFiles']>().toBeCallableWith({
    query: { purpose: 'assistants' },
  });
  expectTypeOf<AssistantsClient['getRun']>()
    .parameter(0)
    .toEqualTypeOf<{ threadId: string; runId: string }>();
  expectTypeOf<AssistantsClient['getRun']>().returns.resolves.toEqualTypeOf<Run>();
  expectTypeOf<AssistantsClient['listMessages']>().returns.resolves.toEqualTypeOf<Page<Message>>();

  const client = createAssistantsClient();
  // Checked by the compiler only: it reports an unused @ts-expect-error as an error.
  const neverRun = () => {
    // @ts-expect-error the ids are missing
    void client.getRun();
    // @ts-expect-error one id is missing
    void client.getRun({ threadId: 't' });
    // @ts-expect-error ids are written in camelCase
    void client.getRun({ thread_id: 't', runId: 'r' });
    // @ts-expect-error an id must not be null
    void client.getThread({ threadId: null });
    // @ts-expect-error the operation does not have this parameter
    void client.listAssistants({ limit: 5 });
    // @ts-expect-error a limit is a number
    void client.listAssistants({ query: { limit: '5' } });
    // @ts-expect-error assistants cannot be filtered by run
    void client.listAssistants({ query: { run_id: 'r' } });
    // @ts-expect-error the body is missing
    void client.createRun({ threadId: 't' });
    // @ts-expect-error the body does not have this field
    void client.createRun({ threadId: 't', body: { assistant_id: 'a', assistantId: 'a' } });
    // @ts-expect-error cancelRun takes no body
    void client.cancelRun({ threadId: 't', runId: 'r', body: {} });
    // @ts-expect-error the operation cannot stream
    void client.stream('getRun', { threadId: 't', runId: 'r' });
    // @ts-expect-error the operation does not exist
    void client.requestWithResponse('getRuns', {});
  };
  expectTypeOf(neverRun).toBeFunction();
});

test('types the data of requestWithResponse by its operation', () => {
  const client = createAssistantsClient();
  const call = () => client.requestWithResponse('getRun', { threadId: 't', runId: 'r' });
  expectTypeOf(call).returns.resolves.toEqualTypeOf<{ data: Run; response: Response }>();
});
