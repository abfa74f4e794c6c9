import type { Meta, StoryObj } from '@storybook/react-vite';
import { ToolOutputs, type ToolCallView } from 'assistants-react';
import { expect, userEvent } from 'storybook/test';
import { noon, toolCallsView, waitingCall } from '../fixtures.js';

const mail = {
  id: 'call_mail',
  name: 'send_mail',
  argumentsText: '{"to":"ann@example.org","subject":"Dinner on Friday","urgent":false}',
};
const approval: ToolCallView = { ...mail, state: 'needs-approval', schema: undefined };
const running: ToolCallView = { ...mail, state: 'running', place: 'here' };
const done: ToolCallView = {
  ...mail,
  id: 'call_done',
  name: 'get_weather',
  state: 'done',
  output: '{"high":22,"low":14,"rain":0.1}',
};
const failed: ToolCallView = {
  ...mail,
  id: 'call_failed',
  state: 'failed',
  output: '{"error":{"code":"failed","message":"The mail server did not answer."}}',
  error: { code: 'failed', message: 'The mail server did not answer.' },
};
const denied: ToolCallView = {
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

const of = (...calls: ToolCallView[]): Story => ({ args: { toolCalls: toolCallsView(calls) } });

export const StreamingArguments: Story = of({
  ...mail,
  argumentsText: '{"to":"ann@example.org","subject":"Dinner on',
  state: 'streaming-args',
});
export const NeedsApproval: Story = of(approval);
export const NeedsApprovalAfterReload: Story = of({ ...approval, isRestored: true });
export const NeedsOutput: Story = {};
export const NeedsAnswer: Story = of({
  ...mail,
  state: 'needs-answer',
  question: 'Which address should I write from?',
  schema: { type: 'string' },
});
export const Running: Story = of(running);
export const RunningElsewhere: Story = of({ ...running, place: 'elsewhere' });
export const Done: Story = of(done, waitingCall());
export const Failed: Story = of(failed, waitingCall());
export const Denied: Story = of(denied, waitingCall());
export const EveryState: Story = of(
  done,
  approval,
  failed,
  { ...running, id: 'call_run' },
  denied,
  waitingCall(),
);
export const ReadyToSubmit: Story = of(done, failed, denied);

export const ThreeCalls: Story = of(
  waitingCall({ draft: '22 degrees' }),
  waitingCall({
    id: 'call_2',
    name: 'book_table',
    argumentsText: '{"restaurant":"Tasca","guests":2,"at":{"day":"Fri","hour":20}}',
  }),
  waitingCall({ id: 'call_3', name: 'send_invitation', argumentsText: '' }),
);

export const ArgumentsThatDoNotFit: Story = of({
  ...approval,
  argumentsText: '{"to": "ann@exam',
  problem: 'The arguments are no JSON: Unterminated string in JSON at position 16',
});

export const EditingArguments: Story = {
  ...of(approval),
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Edit' }));
    await expect(canvas.getByRole('textbox', { name: 'Arguments' })).toBeVisible();
  },
};

export const InvalidJson: Story = {
  ...of(waitingCall({ draft: '{"high": 22' })),
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('radio', { name: 'JSON' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Submit result' }));
    await expect(canvas.getByText(/not valid JSON/)).toBeVisible();
  },
};

export const Denying: Story = {
  ...of(approval),
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Deny' }));
    await expect(canvas.getByRole('button', { name: 'Deny call' })).toBeVisible();
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
