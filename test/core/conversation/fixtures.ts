import type { Message, Run } from '../../../src/protocol/types.js';
import { createOutboxItem, type OutboxItem } from '../../../src/core/conversation/OutboxItem.js';
import { settledRun } from '../../../src/core/run/settledRun.js';
import type { FollowedRun, FollowedRunState } from '../../../src/core/run/FollowedRun.js';

export function createMessage(id: string, fields: Partial<Message> = {}): Message {
  return {
    id,
    object: 'thread.message',
    created_at: 1,
    thread_id: 'thread_1',
    status: 'completed',
    incomplete_details: null,
    completed_at: null,
    incomplete_at: null,
    role: 'assistant',
    content: [{ type: 'text', text: { value: id, annotations: [] } }],
    assistant_id: null,
    run_id: null,
    metadata: {},
    ...fields,
  };
}

export function createRun(id: string, fields: Partial<Run> = {}): Run {
  return {
    id,
    object: 'thread.run',
    created_at: 1,
    thread_id: 'thread_1',
    assistant_id: 'asst_1',
    status: 'in_progress',
    required_action: null,
    last_error: null,
    expires_at: null,
    started_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: null,
    model: 'scripted',
    instructions: '',
    tools: [],
    metadata: {},
    usage: null,
    incomplete_details: null,
    max_prompt_tokens: null,
    max_completion_tokens: null,
    truncation_strategy: { type: 'auto', last_messages: null },
    tool_choice: 'auto',
    response_format: 'auto',
    ...fields,
  };
}

/** Creates an item for the text "text of {key}". */
export function createItem(key: string, fields: Partial<OutboxItem> = {}): OutboxItem {
  const item = createOutboxItem(`text of ${key}`, { key, wantsRun: true, createdAt: 1 });
  return { ...item, ...fields };
}

/** Creates a followed run that never changes. */
export function createFollowedRun(run: Run, phase: FollowedRunState['phase']): FollowedRun {
  const followed = settledRun(run);
  const state = { ...followed.getState(), phase };
  return { ...followed, getState: () => state };
}
