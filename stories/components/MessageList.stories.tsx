import type { Meta, StoryObj } from '@storybook/react-vite';
import {
  Composer,
  ErrorNotice,
  JumpToLatest,
  LoadOlder,
  Message,
  MessageActions,
  MessageList,
  RunStatus,
  RunSteps,
  ToolOutputs,
} from 'assistants-react';
import {
  message,
  noon,
  richMarkdown,
  run,
  step,
  toolCall,
  toolCallsView,
  waitingCall,
  waitingRun,
} from '../fixtures.js';

const rows = [
  {
    key: '1',
    message: message({
      id: 'm1',
      role: 'user',
      text: 'Can you plan three days in Lisbon?',
      created_at: noon - 86_400,
    }),
  },
  {
    key: '2',
    message: message({
      id: 'm2',
      text: 'Gladly. Do you prefer museums, food, or long walks?',
      created_at: noon - 86_380,
    }),
  },
  { key: '3', message: message({ id: 'm3', role: 'user', text: 'Walks and food.' }) },
  {
    key: '4',
    message: message({
      id: 'm4',
      role: 'user',
      text: 'And tell me what to pack.',
      created_at: noon + 20,
    }),
  },
  { key: '5', message: message({ id: 'm5', text: richMarkdown, created_at: noon + 30 }) },
];

const steps = [
  step(
    {
      type: 'tool_calls',
      tool_calls: [
        {
          id: 'call_1',
          type: 'function',
          function: {
            name: 'get_weather',
            arguments: '{"city":"Lisbon","days":3}',
            output: '{"high":22,"rain":0.1}',
          },
        },
      ],
    },
    { id: 'step_1' },
  ),
  step(
    { type: 'message_creation', message_creation: { message_id: 'm5' } },
    { id: 'step_2', created_at: noon + 2, completed_at: noon + 6 },
  ),
];

const meta = {
  component: MessageList,
  args: {
    rows,
    renderMessage: ({ key, ...row }) => (
      <Message key={key} {...row} actions={<MessageActions message={row.message} />} />
    ),
  },
} satisfies Meta<typeof MessageList>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Conversation with all components around it, as in `ThreadView`. */
export const Conversation: Story = {
  args: {
    before: <LoadOlder hasOlder onLoad={() => undefined} />,
    after: <RunSteps steps={steps} now={noon + 6} />,
  },
  render: (args) => (
    <>
      <MessageList {...args} />
      <div style={{ display: 'flex', justifyContent: 'center', paddingBlockEnd: 12 }}>
        <JumpToLatest count={2} />
      </div>
      <Composer onSend={() => undefined} onAttach={() => undefined} />
    </>
  ),
};

export const Answering: Story = {
  args: {
    rows: [
      ...rows.slice(0, 4),
      {
        key: '5',
        message: message({
          id: 'm5',
          text: `${richMarkdown.slice(0, 260)}`,
          status: 'in_progress',
        }),
        isStreaming: true,
      },
    ],
    after: <RunStatus run={run()} now={noon + 8} onCancel={() => undefined} />,
  },
};

export const RequiresAction: Story = {
  args: {
    rows: rows.slice(0, 4),
    after: (
      <>
        <RunStatus
          run={waitingRun([toolCall()])}
          now={noon + 8}
          hasExpiry={false}
          onCancel={() => undefined}
        />
        <ToolOutputs
          toolCalls={toolCallsView([waitingCall()])}
          expiresAt={noon + 600}
          now={noon + 8}
        />
      </>
    ),
  },
};

export const Failed: Story = {
  args: {
    rows: rows.slice(0, 4),
    after: (
      <ErrorNotice
        error={{
          kind: 'http',
          status: 500,
          message: 'The server had an error while processing your request.',
          requestId: 'req_8a1f',
        }}
        onRetry={() => undefined}
      />
    ),
  },
};

export const RightToLeft: Story = {
  args: {
    rows: [
      { key: '1', message: message({ id: 'm1', role: 'user', text: 'ما حالة الطقس في لشبونة؟' }) },
      {
        key: '2',
        message: message({
          id: 'm2',
          text: 'الطقس **معتدل** غدًا، مع احتمال هطول أمطار يوم الأحد.\n\n- خذ مظلة\n- وحذاءً مريحًا',
        }),
      },
    ],
    after: <RunSteps steps={steps} now={noon + 6} open />,
  },
  render: (args) => (
    <div dir="rtl" lang="ar">
      <MessageList {...args} />
      <Composer onSend={() => undefined} onAttach={() => undefined} />
    </div>
  ),
};

/** Density set with `data-density` on a parent element. */
export const Compact: Story = {
  args: { after: <RunSteps steps={steps} now={noon + 6} /> },
  render: (args) => (
    <div data-density="compact">
      <MessageList {...args} />
      <Composer onSend={() => undefined} onAttach={() => undefined} />
    </div>
  ),
};
