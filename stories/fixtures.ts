import type {
  AssistantCardProps,
  MessageProps,
  RunStatusProps,
  RunStepsProps,
  ToolCalls,
  ToolCall,
  ToolOutputFormProps,
} from 'assistants-react';

type Assistant = AssistantCardProps['assistant'];
type Message = MessageProps['message'];
type Run = RunStatusProps['run'];
type RunStep = RunStepsProps['steps'][number];
type RunToolCall = ToolOutputFormProps['call'];

/** 20 November 2026, 12:00 UTC, in Unix seconds. All times of the fixtures are relative to it. */
export const noon = 1_795_176_000;

/** Creates a message with one text, or with the given content. */
export function message(
  overrides: Omit<Partial<Message>, 'content'> & {
    text?: string;
    content?: Message['content'];
  } = {},
): Message {
  const { text = 'Hello.', content, ...rest } = overrides;
  return {
    id: 'msg_1',
    object: 'thread.message',
    created_at: noon,
    thread_id: 'thread_1',
    status: 'completed',
    incomplete_details: null,
    completed_at: noon,
    incomplete_at: null,
    role: 'assistant',
    content: content ?? [{ type: 'text', text: { value: text, annotations: [] } }],
    assistant_id: 'asst_1',
    run_id: 'run_1',
    attachments: [],
    metadata: {},
    ...rest,
  };
}

/** Creates a run, by default in progress. */
export function run(overrides: Partial<Run> = {}): Run {
  return {
    id: 'run_1',
    object: 'thread.run',
    created_at: noon,
    thread_id: 'thread_1',
    assistant_id: 'asst_1',
    status: 'in_progress',
    required_action: null,
    last_error: null,
    expires_at: noon + 600,
    started_at: noon + 1,
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
    ...overrides,
  };
}

/** Creates a function call of a run that requires action. */
export function toolCall(
  overrides: { id?: string; name?: string; arguments?: string } = {},
): RunToolCall {
  return {
    id: overrides.id ?? 'call_1',
    type: 'function',
    function: {
      name: overrides.name ?? 'get_weather',
      arguments: overrides.arguments ?? '{"city":"Lisbon","unit":"celsius","days":3}',
    },
  };
}

/** Creates a run that requires the outputs of calls. */
export function waitingRun(calls: RunToolCall[], overrides: Partial<Run> = {}): Run {
  return run({
    status: 'requires_action',
    required_action: { type: 'submit_tool_outputs', submit_tool_outputs: { tool_calls: calls } },
    ...overrides,
  });
}

/** Creates the calls of `ToolOutputs`, with actions that do nothing. */
export function toolCallsView(calls: ToolCall[], overrides: Partial<ToolCalls> = {}): ToolCalls {
  const open = calls.filter(({ state }) => state !== 'submitted' && state !== 'expired');
  return {
    calls,
    total: open.filter(({ state }) => state !== 'streaming-args').length,
    ready: open.filter((call) => 'output' in call).length,
    isSubmitting: false,
    error: undefined,
    notice: undefined,
    approve: async () => undefined,
    deny: () => undefined,
    provide: async () => [],
    answer: async () => [],
    retry: async () => undefined,
    reopen: () => undefined,
    setDraft: () => undefined,
    setDenialDraft: () => undefined,
    submit: async () => true,
    ...overrides,
  };
}

/** Creates a call that needs a result from the user. */
export function waitingCall(
  overrides: { id?: string; name?: string; argumentsText?: string; draft?: string } = {},
): ToolCall {
  const {
    id,
    function: { name, arguments: argumentsText },
  } = toolCall();
  const { draft, ...rest } = overrides;
  return {
    id,
    name,
    argumentsText,
    state: 'needs-output',
    schema: undefined,
    draft: draft === undefined ? undefined : { text: draft },
    ...rest,
  };
}

/** Creates a step, by default completed after two seconds. */
export function step(details: RunStep['step_details'], overrides: Partial<RunStep> = {}): RunStep {
  return {
    id: 'step_1',
    object: 'thread.run.step',
    created_at: noon,
    assistant_id: 'asst_1',
    thread_id: 'thread_1',
    run_id: 'run_1',
    type: details.type,
    status: 'completed',
    step_details: details,
    last_error: null,
    expired_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: noon + 2,
    metadata: {},
    usage: null,
    ...overrides,
  };
}

/** Creates an assistant with a name, a description and two tools. */
export function assistant(overrides: Partial<Assistant> = {}): Assistant {
  return {
    id: 'asst_1',
    object: 'assistant',
    created_at: noon,
    name: 'Travel desk',
    description: 'Plans journeys and knows the weather.',
    model: 'scripted',
    instructions: 'Be brief.',
    tools: [
      { type: 'file_search' },
      { type: 'function', function: { name: 'get_weather', description: 'Weather of a city' } },
    ],
    metadata: {},
    ...overrides,
  };
}

/** Long answer with all elements of markdown. */
export const richMarkdown = `Here is a **short plan** for three days in Lisbon, with *mild* weather expected and a light breeze from the Atlantic.

## Day one

Start at the [Miradouro da Graça](https://example.org/graca) and walk down to Alfama. The tram \`28E\` passes close by.

1. Breakfast near the castle
2. The cathedral, then the river
   - bring water
   - and good shoes
3. Dinner in Bairro Alto

| Day | High | Low | Rain |
|:----|-----:|----:|:----:|
| Fri | 21 °C | 14 °C | 10 % |
| Sat | 19 °C | 13 °C | 40 % |
| Sun | 22 °C | 15 °C | 5 % |

> A viewpoint is best an hour before sunset.

\`\`\`ts
const days = await forecast({ city: 'Lisbon', days: 3 });
for (const day of days) {
  console.log(day.name, day.high);
}
\`\`\`

- [x] Book the train
- [ ] Pack an umbrella

### Good to know

Most museums close on Mondays. ~~The lift is out of order.~~ It runs again.`;
