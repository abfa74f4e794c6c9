import type { ActionField, Resource } from './Resource.js';

const METADATA: ActionField = { name: 'metadata', label: 'Metadata', kind: 'map' };
const NAME: ActionField = { name: 'name', label: 'Name', kind: 'text' };
const FILE_ID: ActionField = { name: 'file_id', label: 'File id', kind: 'text', isRequired: true };
const FILE_IDS: ActionField = { name: 'file_ids', label: 'File ids', kind: 'lines' };
const CONTENT: ActionField = { name: 'content', label: 'Text', kind: 'text', isRequired: true };
const ATTRIBUTES: ActionField = { name: 'attributes', label: 'Attributes', kind: 'map' };
const ASSISTANT_ID: ActionField = {
  name: 'assistant_id',
  label: 'Assistant id',
  kind: 'text',
  isRequired: true,
};

const toFirstMessage = ({ content }: Record<string, unknown>) =>
  content === undefined ? {} : { messages: [{ role: 'user', content }] };

/** All that the API has, by path. */
export const resources: readonly Resource[] = [
  {
    title: 'Assistants',
    path: 'assistants',
    about: 'Instructions, a model and tools.',
    idName: 'assistantId',
    list: 'listAssistants',
    get: 'getAssistant',
    create: [
      {
        label: 'New assistant',
        operation: 'createAssistant',
        fields: [NAME, { name: 'model', label: 'Model', kind: 'text', isRequired: true }],
        next: 'open',
      },
    ],
    actions: [
      {
        label: 'Edit',
        operation: 'modifyAssistant',
        fields: [NAME, { name: 'instructions', label: 'Instructions', kind: 'text' }, METADATA],
      },
      { label: 'Delete', operation: 'deleteAssistant', next: 'leave' },
    ],
  },
  {
    title: 'Files of the assistant (version 1)',
    path: 'assistants/{assistantId}/files',
    idName: 'fileId',
    list: 'listAssistantFiles',
    get: 'getAssistantFile',
    create: [
      { label: 'Attach a file', operation: 'createAssistantFile', fields: [FILE_ID], next: 'open' },
    ],
    actions: [{ label: 'Detach', operation: 'deleteAssistantFile', next: 'leave' }],
  },
  {
    title: 'Threads',
    path: 'threads',
    about: 'Conversations, with their messages and runs.',
    idName: 'threadId',
    list: 'listThreads',
    get: 'getThread',
    create: [
      {
        label: 'New thread',
        operation: 'createThread',
        fields: [{ ...CONTENT, label: 'First message', isRequired: false }],
        toBody: toFirstMessage,
        next: 'open',
      },
      {
        label: 'New thread with a run',
        operation: 'createThreadAndRun',
        fields: [ASSISTANT_ID, CONTENT],
        toBody: ({ assistant_id: assistantId, ...rest }) => ({
          assistant_id: assistantId,
          thread: toFirstMessage(rest),
        }),
        next: 'show',
      },
    ],
    actions: [
      { label: 'Edit metadata', operation: 'modifyThread', fields: [METADATA] },
      { label: 'Delete', operation: 'deleteThread', next: 'leave' },
    ],
  },
  {
    title: 'Messages',
    path: 'threads/{threadId}/messages',
    idName: 'messageId',
    list: 'listMessages',
    get: 'getMessage',
    create: [
      {
        label: 'Add a message',
        operation: 'createMessage',
        fields: [CONTENT, FILE_IDS],
        toBody: ({ content, file_ids: fileIds }) => ({
          role: 'user',
          content,
          attachments: toList(fileIds).map((id) => ({
            file_id: id,
            tools: [{ type: 'file_search' }],
          })),
        }),
        next: 'open',
      },
    ],
    actions: [
      { label: 'Edit metadata', operation: 'modifyMessage', fields: [METADATA] },
      { label: 'Delete', operation: 'deleteMessage', next: 'leave' },
    ],
  },
  {
    title: 'Files of the message (version 1)',
    path: 'threads/{threadId}/messages/{messageId}/files',
    idName: 'fileId',
    list: 'listMessageFiles',
    get: 'getMessageFile',
  },
  {
    title: 'Runs',
    path: 'threads/{threadId}/runs',
    idName: 'runId',
    list: 'listRuns',
    get: 'getRun',
    create: [
      { label: 'Start a run', operation: 'createRun', fields: [ASSISTANT_ID], next: 'open' },
    ],
    actions: [
      { label: 'Edit metadata', operation: 'modifyRun', fields: [METADATA] },
      { label: 'Cancel', operation: 'cancelRun' },
      {
        label: 'Submit tool outputs',
        operation: 'submitToolOutputsToRun',
        fields: [
          {
            name: 'tool_outputs',
            label: 'Outputs',
            kind: 'json',
            isRequired: true,
            getInitial: listPendingCalls,
          },
        ],
      },
    ],
  },
  {
    title: 'Steps',
    path: 'threads/{threadId}/runs/{runId}/steps',
    idName: 'stepId',
    list: 'listRunSteps',
    get: 'getRunStep',
  },
  {
    title: 'Files',
    path: 'files',
    about: 'What users and assistants have uploaded.',
    idName: 'fileId',
    list: 'listFiles',
    get: 'getFile',
    create: [
      {
        label: 'Upload a file',
        operation: 'uploadFile',
        fields: [{ name: 'file', label: 'File', kind: 'file', isRequired: true }],
        toBody: ({ file }) => ({ file, purpose: 'assistants' }),
        next: 'open',
      },
    ],
    actions: [
      { label: 'Show content', operation: 'getFileContent', next: 'show' },
      { label: 'Delete', operation: 'deleteFile', next: 'leave' },
    ],
  },
  {
    title: 'Vector stores',
    path: 'vector_stores',
    about: 'Files that assistants search.',
    idName: 'vectorStoreId',
    list: 'listVectorStores',
    get: 'getVectorStore',
    create: [
      {
        label: 'New vector store',
        operation: 'createVectorStore',
        fields: [NAME, FILE_IDS],
        next: 'open',
      },
    ],
    actions: [
      {
        label: 'Search',
        operation: 'searchVectorStore',
        fields: [{ name: 'query', label: 'Query', kind: 'text', isRequired: true }],
        next: 'show',
      },
      { label: 'Edit', operation: 'modifyVectorStore', fields: [NAME, METADATA] },
      {
        label: 'Add several files',
        operation: 'createVectorStoreFileBatch',
        fields: [{ ...FILE_IDS, isRequired: true }],
        next: 'open',
        below: 'file_batches',
      },
      { label: 'Delete', operation: 'deleteVectorStore', next: 'leave' },
    ],
  },
  {
    title: 'Files of the store',
    path: 'vector_stores/{vectorStoreId}/files',
    idName: 'fileId',
    list: 'listVectorStoreFiles',
    get: 'getVectorStoreFile',
    create: [
      {
        label: 'Add a file',
        operation: 'createVectorStoreFile',
        fields: [FILE_ID, ATTRIBUTES],
        next: 'open',
      },
    ],
    actions: [
      { label: 'Show content', operation: 'getVectorStoreFileContent', next: 'show' },
      { label: 'Edit attributes', operation: 'modifyVectorStoreFile', fields: [ATTRIBUTES] },
      { label: 'Remove', operation: 'deleteVectorStoreFile', next: 'leave' },
    ],
  },
  {
    title: 'Batch',
    path: 'vector_stores/{vectorStoreId}/file_batches',
    idName: 'batchId',
    // The API lists no batches.
    list: undefined,
    get: 'getVectorStoreFileBatch',
    actions: [{ label: 'Cancel', operation: 'cancelVectorStoreFileBatch' }],
  },
  {
    title: 'Files of the batch',
    path: 'vector_stores/{vectorStoreId}/file_batches/{batchId}/files',
    list: 'listVectorStoreBatchFiles',
  },
  { title: 'Usage', path: 'usage', about: 'Tokens of each day.', list: 'listUsage' },
];

/** Returns an empty output for each call that a run waits for. */
function listPendingCalls(run: Record<string, unknown>): unknown {
  const action = run['required_action'] as
    { submit_tool_outputs?: { tool_calls?: { id: string }[] } } | null | undefined;
  return (action?.submit_tool_outputs?.tool_calls ?? []).map(({ id }) => ({
    tool_call_id: id,
    output: '',
  }));
}

function toList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
