/** A normal object of each kind, with every nested object that this package reads. */
const id = { created_at: 1_764_406_800, metadata: { topic: 'weather' } };
const execution = { ...id, thread_id: 'thread_1', assistant_id: 'asst_1' };
const ends = { cancelled_at: null, failed_at: null, completed_at: 1_764_406_805 };
const usage = { completion_tokens: 3, prompt_tokens: 4, total_tokens: 7 };
const tools = [
  { type: 'code_interpreter' },
  { type: 'file_search' },
  { type: 'function', function: { name: 'get_weather', description: '', parameters: {} } },
];
const citation = {
  type: 'file_citation',
  text: '【4:0†notes.txt】',
  start_index: 5,
  end_index: 20,
  file_citation: { file_id: 'file-1', quote: 'Rain' },
};
const filePath = {
  type: 'file_path',
  text: 'sandbox:/rain.csv',
  start_index: 21,
  end_index: 38,
  file_path: { file_id: 'file-2' },
};
const urlCitation = {
  type: 'url_citation',
  text: '([rain](https://rain.test/))',
  start_index: 39,
  end_index: 67,
  url_citation: { url: 'https://rain.test/', title: 'Rain' },
};

const message = {
  ...id,
  id: 'msg_2',
  object: 'thread.message',
  thread_id: 'thread_1',
  status: 'completed',
  incomplete_details: null,
  completed_at: 1_764_406_805,
  incomplete_at: null,
  role: 'assistant',
  content: [
    {
      type: 'text',
      text: {
        value: 'Rain 【4:0†notes.txt】 sandbox:/rain.csv ([rain](https://rain.test/))',
        annotations: [citation, filePath, urlCitation],
      },
    },
    { type: 'image_file', image_file: { file_id: 'file-3' } },
    { type: 'image_url', image_url: { url: 'https://images.test/rain.png' } },
    { type: 'refusal', refusal: 'No.' },
  ],
  assistant_id: 'asst_1',
  run_id: 'run_1',
  attachments: [{ file_id: 'file-1', tools: [{ type: 'file_search' }] }],
};
const toolCalls = [
  {
    id: 'call_1',
    type: 'function',
    function: { name: 'get_weather', arguments: '{"city":"Oslo"}', output: 'Rain' },
  },
  {
    id: 'call_2',
    type: 'code_interpreter',
    code_interpreter: {
      input: 'print(1)',
      outputs: [
        { type: 'logs', logs: '1' },
        { type: 'image', image: { file_id: 'file-4' } },
      ],
    },
  },
  {
    id: 'call_3',
    type: 'file_search',
    file_search: {
      results: [
        {
          file_id: 'file-1',
          file_name: 'notes.txt',
          score: 0.9,
          content: [{ type: 'text', text: 'Rain' }],
        },
      ],
    },
  },
];
const webSearch = { id: 'call_4', type: 'web_search', web_search: { query: 'rain oslo' } };
const step = {
  ...execution,
  ...ends,
  id: 'step_1',
  object: 'thread.run.step',
  run_id: 'run_1',
  type: 'tool_calls',
  status: 'completed',
  step_details: { type: 'tool_calls', tool_calls: [...toolCalls, webSearch] },
  last_error: { code: 'server_error', message: 'Slow' },
  expired_at: null,
  usage,
};
const run = {
  ...execution,
  ...ends,
  id: 'run_1',
  object: 'thread.run',
  status: 'requires_action',
  required_action: {
    type: 'submit_tool_outputs',
    submit_tool_outputs: {
      tool_calls: [
        {
          id: 'call_9',
          type: 'function',
          function: { name: 'get_weather', arguments: '{"city":"Oslo"}' },
        },
      ],
    },
  },
  last_error: { code: 'server_error', message: 'Failed' },
  incomplete_details: { reason: 'max_prompt_tokens' },
  expires_at: 1_764_407_400,
  started_at: 1_764_406_801,
  model: 'scripted',
  instructions: 'Be brief.',
  tools,
  usage,
};

export const sampleObjects = {
  assistant: {
    ...id,
    id: 'asst_1',
    object: 'assistant',
    name: 'Weather',
    description: 'Knows the weather.',
    model: 'scripted',
    instructions: 'Be brief.',
    tools,
  },
  assistantFile: {
    id: 'file-1',
    object: 'assistant.file',
    created_at: 1_764_406_800,
    assistant_id: 'asst_1',
  },
  thread: { ...id, id: 'thread_1', object: 'thread' },
  message,
  messageFile: {
    id: 'file-1',
    object: 'thread.message.file',
    created_at: 1_764_406_800,
    message_id: 'msg_2',
  },
  messageDelta: {
    id: 'msg_3',
    object: 'thread.message.delta',
    delta: {
      content: [
        {
          index: 0,
          type: 'text',
          text: { value: 'More', annotations: [{ index: 0, ...citation }] },
        },
      ],
    },
  },
  run,
  step,
  stepDelta: {
    id: 'step_2',
    object: 'thread.run.step.delta',
    delta: {
      step_details: {
        type: 'tool_calls',
        tool_calls: toolCalls.map((call, index) => ({ index, ...call })),
      },
    },
  },
  file: {
    id: 'file-1',
    object: 'file',
    bytes: 20,
    created_at: 1_764_406_800,
    filename: 'notes.txt',
    purpose: 'assistants',
  },
};
