import { toUnixSeconds } from '../../common/toUnixSeconds.js';
import type { CreateRunRequest, CreateThreadAndRunRequest } from '../../protocol/types.js';
import type { Collections } from '../stores/Store.js';
import { listVectorStoreIds } from './buildToolResources.js';
import type { DomainContext } from './DomainContext.js';

type Assistant = Collections['assistants'];
type Run = Collections['runs'];
type RunRequest = Omit<CreateRunRequest & CreateThreadAndRunRequest, 'thread'>;

/** Time after which a run expires, in seconds. Includes the time that it waits for tool outputs. */
export const RUN_LIFETIME_SECONDS = 600;

/** Builds a queued run. Settings of the request override those of the assistant. Does not store the run. */
export function buildRun(
  context: Pick<DomainContext, 'generateId' | 'now'>,
  threadId: string,
  assistant: Assistant,
  request: RunRequest,
): Run {
  const createdAt = toUnixSeconds(context.now());
  return {
    id: context.generateId('run_'),
    object: 'thread.run',
    created_at: createdAt,
    thread_id: threadId,
    assistant_id: assistant.id,
    status: 'queued',
    required_action: null,
    last_error: null,
    expires_at: createdAt + RUN_LIFETIME_SECONDS,
    started_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: null,
    incomplete_details: null,
    usage: null,
    metadata: request.metadata ?? {},
    file_ids: assistant.file_ids,
    vector_store_ids: listVectorStoreIds(assistant.tool_resources),
    ...getModelSettings(assistant, request),
    ...getRequestSettings(request),
  };
}

/** Settings of the assistant that a request may override. */
function getModelSettings(assistant: Assistant, request: RunRequest) {
  return {
    model: request.model ?? assistant.model,
    instructions: joinInstructions(
      request.instructions ?? assistant.instructions,
      request.additional_instructions,
    ),
    tools: request.tools ?? assistant.tools,
    temperature: request.temperature ?? assistant.temperature ?? 1,
    top_p: request.top_p ?? assistant.top_p ?? 1,
    response_format: request.response_format ?? assistant.response_format ?? 'auto',
    reasoning_effort: request.reasoning_effort ?? assistant.reasoning_effort ?? null,
  };
}

/** Settings that assistants do not have, with their defaults. */
function getRequestSettings(request: RunRequest) {
  return {
    max_prompt_tokens: request.max_prompt_tokens ?? null,
    max_completion_tokens: request.max_completion_tokens ?? null,
    truncation_strategy: request.truncation_strategy ?? { type: 'auto', last_messages: null },
    tool_choice: request.tool_choice ?? 'auto',
    parallel_tool_calls: request.parallel_tool_calls ?? true,
  } as const;
}

function joinInstructions(...texts: readonly (string | null | undefined)[]): string {
  return texts.filter((text) => text !== null && text !== undefined && text !== '').join('\n\n');
}
