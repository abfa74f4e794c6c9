import type { Meta, StoryObj } from '@storybook/react-vite';
import { RunTimeline } from 'assistants-react';
import { expect, userEvent } from 'storybook/test';
import { noon, run, step, waitingRun } from '../fixtures.js';

const createCallStep = (
  name: string,
  city: string,
  from: number,
  to: number | null,
  output: string | null = '{"high":22,"low":14}',
) =>
  step(
    {
      type: 'tool_calls',
      tool_calls: [
        {
          id: `call_${from}`,
          type: 'function',
          function: { name, arguments: JSON.stringify({ city }), output },
        },
      ],
    },
    {
      id: `step_${from}`,
      status: to === null ? 'in_progress' : 'completed',
      created_at: noon + from,
      completed_at: to === null ? null : noon + to,
    },
  );
const createMessageStep = (from: number, to: number) =>
  step(
    { type: 'message_creation', message_creation: { message_id: 'msg_1' } },
    { id: `step_${from}`, created_at: noon + from, completed_at: noon + to },
  );

/** Waterfall of a run: how long it was queued, worked and waited for functions, and when each step took place. */
const meta = {
  component: RunTimeline,
  args: {
    run: run({ status: 'completed', started_at: noon + 2, completed_at: noon + 19 }),
    steps: [
      createMessageStep(3, 5),
      createCallStep('get_weather', 'Lisbon', 5, 9),
      createCallStep('send_mail', 'Ann', 10, 16, 'sent'),
      createMessageStep(16, 19),
    ],
    tools: [{ name: 'get_weather', title: 'Weather' }],
  },
} satisfies Meta<typeof RunTimeline>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Completed: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Waiting for tools')).toHaveTextContent('10 sec');
    await userEvent.click(canvas.getByText('Weather'));
    await expect(canvas.getByText('22')).toBeVisible();
  },
};
export const Waiting: Story = {
  args: {
    run: waitingRun([]),
    steps: [createMessageStep(1, 2), createCallStep('get_weather', 'Lisbon', 3, null, null)],
    now: noon + 48,
  },
};
export const Failed: Story = {
  args: {
    run: run({ status: 'failed', failed_at: noon + 6 }),
    steps: [
      step(
        { type: 'message_creation', message_creation: { message_id: 'msg_1' } },
        {
          status: 'failed',
          created_at: noon + 2,
          completed_at: null,
          failed_at: noon + 6,
          last_error: { code: 'server_error', message: 'The model did not answer.' },
        },
      ),
    ],
  },
};
export const Queued: Story = {
  args: { run: run({ status: 'queued', started_at: null }), steps: [], now: noon + 3 },
};
/** A run whose times, which are whole seconds, are all the same. */
export const Instant: Story = {
  args: {
    run: run({ status: 'completed', started_at: noon, completed_at: noon }),
    steps: [createMessageStep(0, 0)],
  },
};
export const RightToLeft: Story = {
  decorators: [
    (Story) => (
      <div dir="rtl">
        <Story />
      </div>
    ),
  ],
};
