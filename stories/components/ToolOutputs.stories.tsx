import type { Meta, StoryObj } from '@storybook/react-vite';
import { ToolOutputs, type ToolCall } from 'assistants-react';
import { Mail } from 'lucide-react';
import { expect, userEvent } from 'storybook/test';
import { noon, toolCallsView, waitingCall } from '../fixtures.js';

const mail = {
  id: 'call_mail',
  name: 'send_mail',
  argumentsText: '{"to":"ann@example.org","subject":"Dinner on Friday","urgent":false}',
};
const approval: ToolCall = { ...mail, state: 'needs-approval', schema: undefined };
const running: ToolCall = { ...mail, state: 'running', place: 'here' };
const done: ToolCall = {
  ...mail,
  id: 'call_done',
  name: 'get_weather',
  state: 'done',
  output: '{"high":22,"low":14,"rain":0.1}',
};
const failed: ToolCall = {
  ...mail,
  id: 'call_failed',
  state: 'failed',
  output: '{"error":{"code":"failed","message":"The mail server did not answer."}}',
  error: { code: 'failed', message: 'The mail server did not answer.' },
};
const denied: ToolCall = {
  ...mail,
  id: 'call_denied',
  state: 'denied',
  output: '{"error":{"code":"denied","message":"Not today."}}',
  reason: 'Not today.',
};

const meta = {
  component: ToolOutputs,
  args: { toolCalls: toolCallsView([waitingCall()]), expiresAt: noon + 600, now: noon + 30 },
  render: (args) => (
    <div style={{ maxInlineSize: '46rem', marginInline: 'auto' }}>
      <ToolOutputs {...args} />
    </div>
  ),
} satisfies Meta<typeof ToolOutputs>;

export default meta;
type Story = StoryObj<typeof meta>;

const createStory = (...calls: ToolCall[]): Story => ({
  args: { toolCalls: toolCallsView(calls) },
});

export const StreamingArguments: Story = createStory({
  ...mail,
  argumentsText: '{"to":"ann@example.org","subject":"Dinner on',
  state: 'streaming-args',
});
export const NeedsApproval: Story = createStory(approval);
export const NeedsApprovalOnceOrAlways: Story = {
  args: {
    toolCalls: toolCallsView([{ ...approval, canAlwaysAllow: true }]),
    tools: [
      {
        name: 'send_mail',
        title: 'Send an email',
        description: 'Sends an email on your behalf.',
        icon: <Mail size={16} strokeWidth={1.5} />,
        inputSchema: { properties: { to: { title: 'To' }, subject: { title: 'Subject' } } },
      },
    ],
  },
};
export const NeedsApprovalAfterReload: Story = createStory({ ...approval, isRestored: true });
export const NeedsApprovalOfServerCall: Story = createStory({
  id: 'call_server',
  name: 'read_wiki',
  argumentsText: '{"repository":"example/weather"}',
  server: 'github_docs',
  canAlwaysAllow: true,
  state: 'needs-approval',
  schema: undefined,
});
export const UnknownAction: Story = {
  args: {
    toolCalls: toolCallsView([], {
      unknownAction: { type: 'choose_location', action: { places: ['Oslo', 'Bergen'] } },
    }),
  },
};
export const NeedsOutput: Story = {};
export const NeedsAnswer: Story = createStory({
  ...mail,
  state: 'needs-answer',
  question: 'Which address should I write from?',
  schema: { type: 'string' },
});
export const Running: Story = createStory(running);
export const RunningElsewhere: Story = createStory({ ...running, place: 'elsewhere' });
export const Done: Story = createStory(done, waitingCall());
export const Failed: Story = createStory(failed, waitingCall());
export const Denied: Story = createStory(denied, waitingCall());
export const EveryState: Story = createStory(
  done,
  approval,
  failed,
  { ...running, id: 'call_run' },
  denied,
  waitingCall(),
);
export const ReadyToSubmit: Story = createStory(done, failed, denied);

export const ThreeCalls: Story = createStory(
  waitingCall({ draft: '22 degrees' }),
  waitingCall({
    id: 'call_2',
    name: 'book_table',
    argumentsText: '{"restaurant":"Tasca","guests":2,"at":{"day":"Fri","hour":20}}',
  }),
  waitingCall({ id: 'call_3', name: 'send_invitation', argumentsText: '' }),
);

export const InvalidArguments: Story = createStory({
  ...approval,
  argumentsText: '{"to": "ann@exam',
  problem: 'The arguments are not valid JSON: Unterminated string in JSON at position 16',
});

export const EditingArguments: Story = {
  ...createStory(approval),
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Edit' }));
    await expect(canvas.getByRole('textbox', { name: 'Arguments' })).toBeVisible();
  },
};

export const InvalidJson: Story = {
  ...createStory(waitingCall({ draft: '{"high": 22' })),
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('radio', { name: 'JSON' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Submit result' }));
    await expect(canvas.getByText(/not valid JSON/)).toBeVisible();
  },
};

export const Denying: Story = {
  ...createStory(approval),
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Add a reason' }));
    await expect(canvas.getByRole('textbox', { name: /^Reason/ })).toHaveFocus();
  },
};

export const Submitting: Story = {
  args: { toolCalls: toolCallsView([done, denied], { isSubmitting: true }) },
};

export const SubmitFailed: Story = {
  args: {
    toolCalls: toolCallsView([done], {
      error: {
        message: 'The outputs could not be submitted. Check your connection and try again.',
      },
    }),
  },
};

export const AboutToExpire: Story = { args: { now: noon + 560 } };
export const Expired: Story = { args: { now: noon + 601 } };

export const NotSent: Story = {
  args: { toolCalls: toolCallsView([], { notice: { reason: 'answered', calls: [done] } }) },
};
