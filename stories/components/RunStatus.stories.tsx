import type { Meta, StoryObj } from '@storybook/react-vite';
import { Announcer, RunStatus } from 'assistants-react';
import { noon, run, toolCall, waitingRun } from '../fixtures.js';

const usage = { prompt_tokens: 812, completion_tokens: 356, total_tokens: 1168 };

const meta = {
  component: RunStatus,
  subcomponents: { Announcer },
  args: { run: run(), now: noon + 8, onCancel: () => undefined },
  render: (args) => (
    <div style={{ maxInlineSize: '46rem', marginInline: 'auto' }}>
      <RunStatus {...args} />
    </div>
  ),
} satisfies Meta<typeof RunStatus>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Queued: Story = { args: { run: run({ status: 'queued', started_at: null }) } };
export const InProgress: Story = {};
export const InProgressWithActivity: Story = { args: { activity: 'Reading 3 files' } };
export const NearExpiry: Story = { args: { now: noon + 570 } };
export const RequiresAction: Story = {
  args: { run: waitingRun([toolCall(), toolCall({ id: 'call_2', name: 'book_table' })]) },
};
export const Cancelling: Story = { args: { run: run({ status: 'cancelling' }) } };
export const Cancelled: Story = {
  args: { run: run({ status: 'cancelled', cancelled_at: noon + 5 }) },
};
export const Failed: Story = {
  args: {
    run: run({
      status: 'failed',
      failed_at: noon + 4,
      last_error: { code: 'rate_limit_exceeded', message: 'You exceeded your current quota.' },
    }),
    onRetry: () => undefined,
  },
};
export const Completed: Story = {
  args: { run: run({ status: 'completed', completed_at: noon + 12, usage }) },
};
export const Incomplete: Story = {
  args: {
    run: run({
      status: 'incomplete',
      completed_at: noon + 12,
      incomplete_details: { reason: 'max_completion_tokens' },
      usage,
    }),
  },
};
export const Expired: Story = {
  args: { run: run({ status: 'expired' }), onRetry: () => undefined },
};
export const Unknown: Story = {
  args: {
    run: JSON.parse(JSON.stringify({ ...run(), status: 'meditating' })) as ReturnType<typeof run>,
  },
};
