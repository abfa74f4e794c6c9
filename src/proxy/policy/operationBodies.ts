import { toFields } from '../../common/toFields.js';
import type { OperationId } from '../../protocol/types.js';
import { createDenied } from '../ProxyFailure.js';
import {
  allowedIf,
  allowedListIf,
  anything,
  flag,
  id,
  list,
  object,
  record,
  text,
  type Rule,
} from './bodyRules.js';
import { isAllowedName, type RunSetting } from './ProxyPolicy.js';

/** Metadata of a new object. Empty metadata is always accepted. */
const newMetadata: Rule = (value, param, check) => {
  const { operation, policy } = check;
  record(value, param, check);
  for (const key of Object.keys(toFields(value))) {
    if (!isAllowedName(policy.metadata, key)) throw createDenied(operation, `${param}.${key}`);
  }
};

/** Metadata of an existing object. Empty metadata would remove all keys, so it needs the policy, too. */
const changedMetadata = allowedIf(({ metadata }) => metadata !== undefined, newMetadata);

const fileIds = list(id('file'));
const model = allowedIf(({ models }, value) => isAllowedName(models, value), text);
const instructions = allowedIf((policy) => policy.instructions === true, text);

const role = allowedIf(
  ({ assistantMessages }, value) =>
    value === 'user' || (value === 'assistant' && assistantMessages === true),
);
const attachments = allowedListIf(
  (policy) => policy.attachments === true,
  object({
    file_id: id('file'),
    tools: list(
      object({
        type: allowedIf((_, type) => type === 'file_search' || type === 'code_interpreter'),
      }),
    ),
  }),
);
const messageFileIds = allowedListIf((policy) => policy.attachments === true, id('file'));

const CONTENT_PARTS: Readonly<Record<string, Rule>> = {
  text: object({ type: anything, text }),
  image_file: object({
    type: anything,
    image_file: allowedIf(
      (policy) => policy.attachments === true,
      object({ file_id: id('file'), detail: text }),
    ),
  }),
  image_url: object({
    type: anything,
    image_url: allowedIf(
      (policy) => policy.imageUrls === true,
      object({ url: text, detail: text }),
    ),
  }),
};
const contentPart: Rule = (value, param, check) => {
  const { type } = toFields(value);
  const rule =
    typeof type === 'string' && Object.hasOwn(CONTENT_PARTS, type)
      ? CONTENT_PARTS[type]
      : undefined;
  if (rule === undefined) throw createDenied(check.operation, `${param}.type`);
  rule(value, param, check);
};
const content: Rule = (value, ...rest) =>
  (typeof value === 'string' ? text : list(contentPart))(value, ...rest);

const message = object({
  role,
  content,
  attachments,
  file_ids: messageFileIds,
  metadata: newMetadata,
});

const toolResources = allowedIf(
  (policy) => policy.toolResources === true,
  object({
    code_interpreter: object({ file_ids: fileIds }),
    file_search: object({
      vector_store_ids: list(id('vector_store')),
      vector_stores: list(
        object({ file_ids: fileIds, chunking_strategy: anything, metadata: newMetadata }),
      ),
    }),
  }),
);

const tool = allowedIf(
  ({ tools }, value) => {
    const { type, function: definition } = toFields(value);
    return isAllowedName(tools, type === 'function' ? toFields(definition)['name'] : type);
  },
  object({
    type: text,
    function: anything,
    // Some servers accept vector stores here.
    file_search: object({ max_num_results: anything, ranking_options: anything }),
  }),
);
// An empty list would take the tools of the assistant away, so it is not accepted without a policy.
const tools = allowedIf((policy) => policy.tools !== undefined, list(tool));

const setting = (name: RunSetting): Rule =>
  allowedIf(({ settings }) => isAllowedName(settings, name));
const settings = {
  max_completion_tokens: setting('max_completion_tokens'),
  max_prompt_tokens: setting('max_prompt_tokens'),
  parallel_tool_calls: setting('parallel_tool_calls'),
  reasoning_effort: setting('reasoning_effort'),
  response_format: setting('response_format'),
  temperature: setting('temperature'),
  tool_choice: setting('tool_choice'),
  top_p: setting('top_p'),
  truncation_strategy: setting('truncation_strategy'),
} satisfies Record<RunSetting, Rule>;

const thread = { messages: list(message), tool_resources: toolResources, metadata: newMetadata };
const run = {
  ...settings,
  assistant_id: id('assistant'),
  instructions,
  metadata: newMetadata,
  model,
  stream: flag,
  tools,
};
const storeFileId = allowedIf((policy) => policy.toolResources === true, id('file'));
const storeFileIds = allowedListIf((policy) => policy.toolResources === true, id('file'));
const assistant = {
  description: text,
  file_ids: storeFileIds,
  instructions,
  model,
  name: text,
  reasoning_effort: settings.reasoning_effort,
  response_format: settings.response_format,
  temperature: settings.temperature,
  tool_resources: toolResources,
  tools,
  top_p: settings.top_p,
};
const storeFile = { attributes: anything, chunking_strategy: anything };
const query: Rule = (value, ...rest) =>
  (typeof value === 'string' ? text : list(text))(value, ...rest);
const nothing = object({});

/** Rules for the JSON bodies of operations. Operations that are not listed have no JSON body. */
export const operationBodies: Partial<Record<OperationId, Rule>> = {
  createAssistant: object({ ...assistant, metadata: newMetadata }),
  modifyAssistant: object({ ...assistant, metadata: changedMetadata }, true),
  createAssistantFile: object({ file_id: storeFileId }),
  createThread: object(thread),
  createThreadAndRun: object({ ...run, thread: object(thread), tool_resources: toolResources }),
  modifyThread: object({ tool_resources: toolResources, metadata: changedMetadata }, true),
  createMessage: message,
  modifyMessage: object({ metadata: changedMetadata }, true),
  createRun: object({
    ...run,
    additional_instructions: instructions,
    additional_messages: list(message),
  }),
  modifyRun: object({ metadata: changedMetadata }, true),
  cancelRun: nothing,
  submitToolOutputsToRun: object({
    stream: flag,
    tool_outputs: list(object({ tool_call_id: text, output: text })),
  }),
  createVectorStore: object({
    chunking_strategy: anything,
    description: text,
    expires_after: anything,
    file_ids: storeFileIds,
    metadata: newMetadata,
    name: text,
  }),
  modifyVectorStore: object(
    { expires_after: anything, metadata: changedMetadata, name: text },
    true,
  ),
  searchVectorStore: object({
    filters: anything,
    max_num_results: anything,
    query,
    ranking_options: anything,
    rewrite_query: flag,
  }),
  createVectorStoreFile: object({ ...storeFile, file_id: storeFileId }),
  modifyVectorStoreFile: object({ attributes: anything }, true),
  createVectorStoreFileBatch: object({
    ...storeFile,
    file_ids: storeFileIds,
    files: list(object({ ...storeFile, file_id: storeFileId })),
  }),
  cancelVectorStoreFileBatch: nothing,
};

/** Rule for operations that are not listed. */
export const emptyBody: Rule = nothing;
