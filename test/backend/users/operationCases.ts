import type { OperationId } from '../../../src/protocol/types.js';
import { createUploadForm } from '../createTestBackend.js';
import type { Ids, World } from './createUserWorld.js';

/** A valid request of an operation. */
export interface OperationCase {
  /** Thread that the request names. @default 'waiting' */
  thread?: keyof World;
  /** @default no body */
  body?: (ids: Ids) => unknown;
}

const message = { role: 'user', content: 'Hi' };

/** One valid request of every operation of the contract. An operation without one does not compile. */
export const OPERATION_CASES: Record<OperationId, OperationCase> = {
  listAssistants: {},
  createAssistant: { body: () => ({ model: 'm' }) },
  getAssistant: {},
  modifyAssistant: { body: () => ({ name: 'New' }) },
  deleteAssistant: {},
  listAssistantFiles: {},
  createAssistantFile: { body: ({ file_id }) => ({ file_id }) },
  getAssistantFile: {},
  deleteAssistantFile: {},
  listThreads: {},
  createThread: { body: () => ({ messages: [message] }) },
  createThreadAndRun: {
    body: ({ assistant_id }) => ({ assistant_id, thread: { messages: [message] } }),
  },
  getThread: {},
  modifyThread: { body: () => ({ metadata: { a: '1' } }) },
  deleteThread: {},
  listMessages: {},
  createMessage: { thread: 'idle', body: () => message },
  getMessage: {},
  modifyMessage: { body: () => ({ metadata: { a: '1' } }) },
  deleteMessage: {},
  listMessageFiles: {},
  getMessageFile: {},
  listRuns: {},
  createRun: { thread: 'idle', body: ({ assistant_id }) => ({ assistant_id }) },
  getRun: {},
  modifyRun: { body: () => ({ metadata: { a: '1' } }) },
  cancelRun: { body: () => ({}) },
  submitToolOutputsToRun: {
    body: () => ({ tool_outputs: [{ tool_call_id: 'call_1', output: 'Yes' }] }),
  },
  listRunSteps: {},
  getRunStep: {},
  listFiles: {},
  uploadFile: { body: () => createUploadForm('b.txt', 'B', 'assistants') },
  getFile: {},
  deleteFile: {},
  getFileContent: {},
  listVectorStores: {},
  createVectorStore: { body: ({ file_id }) => ({ file_ids: [file_id] }) },
  getVectorStore: {},
  modifyVectorStore: { body: () => ({ name: 'New' }) },
  deleteVectorStore: {},
  searchVectorStore: { body: () => ({ query: 'secret' }) },
  listVectorStoreFiles: {},
  createVectorStoreFile: { body: ({ file_id }) => ({ file_id }) },
  getVectorStoreFile: {},
  modifyVectorStoreFile: { body: () => ({ attributes: { a: 1 } }) },
  deleteVectorStoreFile: {},
  getVectorStoreFileContent: {},
  createVectorStoreFileBatch: { body: ({ file_id }) => ({ file_ids: [file_id] }) },
  getVectorStoreFileBatch: {},
  cancelVectorStoreFileBatch: { body: () => ({}) },
  listVectorStoreBatchFiles: {},
  listUsage: {},
};

/** A request whose body names an object. */
export interface ReferenceCase {
  operation: OperationId;
  /** Path of the field in the contract. */
  field: string;
  /** Creates the body. `own` are ids of the caller, and `id` is the id that the field names. */
  body: (id: string, own: Ids) => unknown;
  /** Kind of the object. */
  kind: keyof Ids;
  headers?: Record<string, string>;
}

const v1 = { 'openai-beta': 'assistants=v1' };
const attached = (file_id: string) => ({ ...message, attachments: [{ file_id, tools: [] }] });
const pictured = (file_id: string) => ({
  role: 'user',
  content: [{ type: 'image_file', image_file: { file_id } }],
});
const code = (file_id: string) => ({ code_interpreter: { file_ids: [file_id] } });
const inline = (file_id: string) => ({ file_search: { vector_stores: [{ file_ids: [file_id] }] } });
const search = (id: string) => ({ file_search: { vector_store_ids: [id] } });

type Wrap = (content: unknown, own: Ids) => unknown;

/** Cases of an operation that takes messages. */
function listMessageCases(operation: OperationId, path: string, wrap: Wrap): ReferenceCase[] {
  return [
    {
      operation,
      field: `${path}attachments.file_id`,
      kind: 'file_id',
      body: (id, own) => wrap(attached(id), own),
    },
    {
      operation,
      field: `${path}content.image_file.file_id`,
      kind: 'file_id',
      body: (id, own) => wrap(pictured(id), own),
    },
    {
      operation,
      field: `${path}file_ids`,
      kind: 'file_id',
      headers: v1,
      body: (id, own) => wrap({ ...message, file_ids: [id] }, own),
    },
  ];
}

/** Cases of an operation that takes tool resources. */
function listResourceCases(
  operation: OperationId,
  path: string,
  wrap: Wrap,
  { hasInline = true } = {},
): ReferenceCase[] {
  const cases: ReferenceCase[] = [
    {
      operation,
      field: `${path}code_interpreter.file_ids`,
      kind: 'file_id',
      body: (id, own) => wrap(code(id), own),
    },
    {
      operation,
      field: `${path}file_search.vector_store_ids`,
      kind: 'vector_store_id',
      body: (id, own) => wrap(search(id), own),
    },
    {
      operation,
      field: `${path}file_search.vector_stores.file_ids`,
      kind: 'file_id',
      body: (id, own) => wrap(inline(id), own),
    },
  ];
  return hasInline ? cases : cases.slice(0, 2);
}

/** Cases of an operation that takes the fields of an assistant. */
function listAssistantCases(
  operation: OperationId,
  required: object,
  options?: { hasInline: boolean },
): ReferenceCase[] {
  const wrap: Wrap = (tool_resources) => ({ ...required, tool_resources });
  return [
    ...listResourceCases(operation, 'tool_resources.', wrap, options),
    {
      operation,
      field: 'file_ids',
      kind: 'file_id',
      headers: v1,
      body: (id) => ({ ...required, file_ids: [id] }),
    },
  ];
}

/** Requests whose bodies name objects: one for each field of the contract that holds ids. */
export const REFERENCE_CASES: ReferenceCase[] = [
  ...listAssistantCases('createAssistant', { model: 'm' }),
  ...listAssistantCases('modifyAssistant', {}, { hasInline: false }),
  {
    operation: 'createAssistantFile',
    field: 'file_id',
    kind: 'file_id',
    body: (file_id) => ({ file_id }),
  },
  {
    operation: 'createVectorStore',
    field: 'file_ids',
    kind: 'file_id',
    body: (file_id) => ({ file_ids: [file_id] }),
  },
  {
    operation: 'createVectorStoreFile',
    field: 'file_id',
    kind: 'file_id',
    body: (file_id) => ({ file_id }),
  },
  {
    operation: 'createVectorStoreFileBatch',
    field: 'file_ids',
    kind: 'file_id',
    body: (file_id) => ({ file_ids: [file_id] }),
  },
  {
    operation: 'createVectorStoreFileBatch',
    field: 'files.file_id',
    kind: 'file_id',
    body: (file_id) => ({ files: [{ file_id }] }),
  },
  ...listMessageCases('createThread', 'messages.', (content) => ({ messages: [content] })),
  ...listResourceCases('createThread', 'tool_resources.', (tool_resources) => ({ tool_resources })),
  ...listResourceCases(
    'modifyThread',
    'tool_resources.',
    (tool_resources) => ({ tool_resources }),
    { hasInline: false },
  ),
  ...listMessageCases('createMessage', '', (content) => content),
  {
    operation: 'createRun',
    field: 'assistant_id',
    kind: 'assistant_id',
    body: (assistant_id) => ({ assistant_id }),
  },
  ...listMessageCases('createRun', 'additional_messages.', (content, { assistant_id }) => ({
    assistant_id,
    additional_messages: [content],
  })),
  {
    operation: 'createThreadAndRun',
    field: 'assistant_id',
    kind: 'assistant_id',
    body: (assistant_id) => ({ assistant_id }),
  },
  ...listMessageCases('createThreadAndRun', 'thread.messages.', (content, { assistant_id }) => ({
    assistant_id,
    thread: { messages: [content] },
  })),
  ...listResourceCases(
    'createThreadAndRun',
    'thread.tool_resources.',
    (tool_resources, { assistant_id }) => ({ assistant_id, thread: { tool_resources } }),
  ),
  ...listResourceCases(
    'createThreadAndRun',
    'tool_resources.',
    (tool_resources, { assistant_id }) => ({ assistant_id, tool_resources }),
    { hasInline: false },
  ),
];
