import type { CreateRunRequest, CreateThreadAndRunRequest } from '../../protocol/types.js';
import type { BackendContext } from '../context.js';
import type { Collections } from '../stores/store.js';

/** How long a run may take, in seconds, the wait for tool outputs included. */
export const LIFETIME_SECONDS = 600;

type RunRequest = Omit<CreateRunRequest & CreateThreadAndRunRequest, 'thread'>;

/** A queued run, not yet stored: the settings of the assistant, and over them those of the request. */
export function newRun(
  context: Pick<BackendContext, 'id' | 'now'>,
  threadId: string,
  assistant: Collections['assistants'],
  request: RunRequest,
): Collections['runs'] {
  const createdAt = Math.floor(context.now() / 1000);
  const instructions = [
    request.instructions ?? assistant.instructions,
    request.additional_instructions,
  ];
  return {
    id: context.id('run_'),
    object: 'thread.run',
    created_at: createdAt,
    thread_id: threadId,
    assistant_id: assistant.id,
    status: 'queued',
    required_action: null,
    last_error: null,
    expires_at: createdAt + LIFETIME_SECONDS,
    started_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: null,
    incomplete_details: null,
    model: request.model ?? assistant.model,
    instructions: instructions
      .filter((text) => text !== null && text !== undefined && text !== '')
      .join('\n\n'),
    tools: request.tools ?? assistant.tools,
    file_ids: assistant.file_ids,
    metadata: request.metadata ?? {},
    usage: null,
    temperature: request.temperature ?? assistant.temperature ?? 1,
    top_p: request.top_p ?? assistant.top_p ?? 1,
    max_prompt_tokens: request.max_prompt_tokens ?? null,
    max_completion_tokens: request.max_completion_tokens ?? null,
    truncation_strategy: request.truncation_strategy ?? { type: 'auto', last_messages: null },
    tool_choice: request.tool_choice ?? 'auto',
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    response_format: request.response_format ?? assistant.response_format ?? 'auto',
    reasoning_effort: request.reasoning_effort ?? assistant.reasoning_effort ?? null,
  };
}
