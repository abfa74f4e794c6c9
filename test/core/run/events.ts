import type { AssistantStreamEvent, Message, Run, RunStep } from '../../../src/protocol/types.js';

/** Creates a queued run. `changes` replaces fields. */
export function aRun(changes: Partial<Run> = {}): Run {
  return {
    id: 'run_1',
    object: 'thread.run',
    created_at: 1_700_000_000,
    thread_id: 'thread_1',
    assistant_id: 'asst_1',
    status: 'queued',
    required_action: null,
    last_error: null,
    expires_at: 1_700_000_600,
    started_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: null,
    incomplete_details: null,
    model: 'scripted',
    instructions: '',
    tools: [],
    metadata: {},
    usage: null,
    max_prompt_tokens: null,
    max_completion_tokens: null,
    truncation_strategy: null,
    tool_choice: null,
    response_format: null,
    ...changes,
  };
}

/** Creates an unfinished message of the run. Without a text, it has no content yet. */
export function aMessage(text: string | undefined, changes: Partial<Message> = {}): Message {
  return {
    id: 'msg_1',
    object: 'thread.message',
    created_at: 1_700_000_001,
    thread_id: 'thread_1',
    status: 'in_progress',
    incomplete_details: null,
    completed_at: null,
    incomplete_at: null,
    role: 'assistant',
    content: text === undefined ? [] : [{ type: 'text', text: { value: text, annotations: [] } }],
    assistant_id: 'asst_1',
    run_id: 'run_1',
    metadata: {},
    ...changes,
  };
}

/** Creates an unfinished step that calls functions. */
export function aStep(changes: Partial<RunStep> = {}): RunStep {
  return {
    id: 'step_1',
    object: 'thread.run.step',
    created_at: 1_700_000_001,
    assistant_id: 'asst_1',
    thread_id: 'thread_1',
    run_id: 'run_1',
    type: 'tool_calls',
    status: 'in_progress',
    step_details: { type: 'tool_calls', tool_calls: [] },
    last_error: null,
    expired_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: null,
    metadata: {},
    usage: null,
    ...changes,
  };
}

/** Creates the event that appends a text to a message. */
export function textDelta(value: string, id = 'msg_1'): AssistantStreamEvent {
  const content = [{ index: 0, type: 'text' as const, text: { value } }];
  return {
    event: 'thread.message.delta',
    data: { id, object: 'thread.message.delta', delta: { content } },
  };
}

/** Creates the event that appends text to the arguments of a function call. With a name, it starts the call. */
export function callDelta(
  index: number,
  argumentsText: string,
  name?: string,
): AssistantStreamEvent {
  const call = {
    index,
    type: 'function' as const,
    ...(name !== undefined && { id: `call_${index}` }),
    function: { arguments: argumentsText, ...(name !== undefined && { name, output: null }) },
  };
  const delta = { step_details: { type: 'tool_calls' as const, tool_calls: [call] } };
  return {
    event: 'thread.run.step.delta',
    data: { id: 'step_1', object: 'thread.run.step.delta', delta },
  };
}
