import type { OperationId, operations as WireOperations } from '../protocol/types.js';

interface Operation {
  method: 'get' | 'post' | 'delete';
  path: string;
  /** The only version that has the operation. */
  beta?: 'v1' | 'v2';
  /** Makes an object: twice sent, two objects. */
  creates?: true;
}

/** Where each operation lives, by operationId. */
export const operations = {
  listAssistants: { method: 'get', path: '/assistants' },
  createAssistant: { method: 'post', path: '/assistants', creates: true },
  getAssistant: { method: 'get', path: '/assistants/{assistant_id}' },
  modifyAssistant: { method: 'post', path: '/assistants/{assistant_id}' },
  deleteAssistant: { method: 'delete', path: '/assistants/{assistant_id}' },
  listAssistantFiles: { method: 'get', path: '/assistants/{assistant_id}/files', beta: 'v1' },
  createAssistantFile: { method: 'post', path: '/assistants/{assistant_id}/files', beta: 'v1', creates: true },
  getAssistantFile: { method: 'get', path: '/assistants/{assistant_id}/files/{file_id}', beta: 'v1' },
  deleteAssistantFile: { method: 'delete', path: '/assistants/{assistant_id}/files/{file_id}', beta: 'v1' },
  createThread: { method: 'post', path: '/threads', creates: true },
  getThread: { method: 'get', path: '/threads/{thread_id}' },
  modifyThread: { method: 'post', path: '/threads/{thread_id}' },
  deleteThread: { method: 'delete', path: '/threads/{thread_id}' },
  listMessages: { method: 'get', path: '/threads/{thread_id}/messages' },
  createMessage: { method: 'post', path: '/threads/{thread_id}/messages', creates: true },
  getMessage: { method: 'get', path: '/threads/{thread_id}/messages/{message_id}' },
  modifyMessage: { method: 'post', path: '/threads/{thread_id}/messages/{message_id}' },
  deleteMessage: { method: 'delete', path: '/threads/{thread_id}/messages/{message_id}', beta: 'v2' },
  listMessageFiles: { method: 'get', path: '/threads/{thread_id}/messages/{message_id}/files', beta: 'v1' },
  getMessageFile: { method: 'get', path: '/threads/{thread_id}/messages/{message_id}/files/{file_id}', beta: 'v1' },
  createThreadAndRun: { method: 'post', path: '/threads/runs', creates: true },
  listRuns: { method: 'get', path: '/threads/{thread_id}/runs' },
  createRun: { method: 'post', path: '/threads/{thread_id}/runs', creates: true },
  getRun: { method: 'get', path: '/threads/{thread_id}/runs/{run_id}' },
  modifyRun: { method: 'post', path: '/threads/{thread_id}/runs/{run_id}' },
  cancelRun: { method: 'post', path: '/threads/{thread_id}/runs/{run_id}/cancel' },
  submitToolOuputsToRun: { method: 'post', path: '/threads/{thread_id}/runs/{run_id}/submit_tool_outputs' },
  listRunSteps: { method: 'get', path: '/threads/{thread_id}/runs/{run_id}/steps' },
  getRunStep: { method: 'get', path: '/threads/{thread_id}/runs/{run_id}/steps/{step_id}' },
  listFiles: { method: 'get', path: '/files' },
  uploadFile: { method: 'post', path: '/files', creates: true },
  getFile: { method: 'get', path: '/files/{file_id}' },
  deleteFile: { method: 'delete', path: '/files/{file_id}' },
  getFileContent: { method: 'get', path: '/files/{file_id}/content' },
} as const satisfies Record<OperationId, Operation>;

/** One row of the table, seen without its literals. */
export function operationOf(id: OperationId): Operation {
  return operations[id];
}

type CamelCase<Name> = Name extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Name;
type Wire<Id extends OperationId> = WireOperations[Id];
type Flat<Type> = { [Key in keyof Type]: Type[Key] };

type PathIds<Id extends OperationId> =
  Wire<Id>['parameters'] extends { path: infer Path } ? { [Name in keyof Path as CamelCase<Name>]: Path[Name] } : unknown;

type Query<Id extends OperationId> =
  Wire<Id>['parameters'] extends { query?: infer Q } ? ([Q] extends [never] ? unknown : [Q] extends [undefined] ? unknown : { query?: Exclude<Q, undefined> }) : unknown;

type JsonBody<Content> = Content extends { 'application/json': infer Body } ? Body : never;

type Body<Id extends OperationId> = Id extends 'uploadFile'
  ? { body: { file: Blob; purpose: string } }
  : Wire<Id> extends { requestBody: { content: infer Content } }
    ? { body: JsonBody<Content> }
    : Wire<Id> extends { requestBody?: { content: infer Content } }
      ? { body?: JsonBody<Content> }
      : unknown;

/** What an operation takes: its ids in camelCase, `query` and `body` in wire form. */
export type Params<Id extends OperationId> = Flat<PathIds<Id> & Query<Id> & Body<Id>>;

/** What an operation answers, when it answers JSON; a Blob for getFileContent. */
export type Result<Id extends OperationId> = Id extends 'getFileContent'
  ? Blob
  : JsonBody<Wire<Id>['responses'][200]['content']>;
