import type { Meta, StoryObj } from '@storybook/react-vite';
import { ToolOutputs } from 'assistants-react';
import { expect, userEvent } from 'storybook/test';
import { noon, toolCall, waitingRun } from '../fixtures.js';

const three = [
  toolCall(),
  toolCall({ id: 'call_2', name: 'book_table', arguments: '{"restaurant":"Tasca","guests":2,"at":{"day":"Fri","hour":20}}' }),
  toolCall({ id: 'call_3', name: 'send_invitation', arguments: '' }),
];

const meta = {
  component: ToolOutputs,
  args: { run: waitingRun([toolCall()]), now: noon + 30, onSubmit: () => undefined },
  render: (args) => (
    <div style={{ maxInlineSize: '46rem', marginInline: 'auto' }}>
      <ToolOutputs {...args} />
    </div>
  ),
} satisfies Meta<typeof ToolOutputs>;

export default meta;
type Story = StoryObj<typeof meta>;

export const OneCall: Story = {};

export const ThreeCalls: Story = { args: { run: waitingRun(three), drafts: { call_1: '{"high":22}' } } };

export const TwoOfThreeReady: Story = {
  args: { run: waitingRun(three), drafts: { call_1: '22 degrees', call_2: 'Booked for 20:00' } },
  play: async ({ canvas }) => {
    for (let count = 0; count < 2; count += 1) {
      const [button] = canvas.getAllByRole('button', { name: 'Use this result' });
      if (button !== undefined) await userEvent.click(button);
    }
    await expect(canvas.getByText('2 of 3 ready')).toBeVisible();
  },
};

export const MalformedArguments: Story = { args: { run: waitingRun([toolCall({ arguments: '{"city": "Lis' })]) } };

export const InvalidJson: Story = {
  args: { drafts: { call_1: '{"high": 22' } },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('radio', { name: 'JSON' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Submit result' }));
    await expect(canvas.getByText(/not valid JSON/)).toBeVisible();
  },
};

export const Denying: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Deny' }));
    await expect(canvas.getByRole('button', { name: 'Deny call' })).toBeVisible();
  },
};

export const Submitting: Story = { args: { isSubmitting: true, drafts: { call_1: '22 degrees' } } };

export const SubmitFailed: Story = { args: { error: 'The outputs could not be submitted. Check your connection and try again.', drafts: { call_1: '22 degrees' } } };

export const AboutToExpire: Story = { args: { now: noon + 560 } };

export const Expired: Story = { args: { now: noon + 601 } };
