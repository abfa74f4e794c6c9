import type { Meta, StoryObj } from '@storybook/react-vite';
import { RunInspector, type AssistantsClient } from 'assistants-react';
import { expect, userEvent, waitFor } from 'storybook/test';
import { createStoryBackend, withBackend, type StoryBackendOptions } from '../withBackend.js';

/** List of the runs of a thread, newest first, with their tokens, a waterfall of their steps, their events and their JSON. */
const meta = {
  title: 'Views/RunInspector',
  component: RunInspector,
  loaders: [createStoryBackend],
  decorators: [withBackend],
  parameters: { box: { width: 360, height: 'auto' }, idArgs: ['threadId'] },
  args: { threadId: undefined },
} satisfies Meta<typeof RunInspector>;

export default meta;
type Story = StoryObj<typeof meta>;

const withOptions = (backend: StoryBackendOptions) => ({ backend });

/** Creates a thread with one run per text. Each run ends before the next one starts. */
function createRuns(...texts: string[]) {
  return async (client: AssistantsClient, assistantId: string) => {
    const { id: threadId } = await client.createThread({ body: {} });
    for (const content of texts) {
      await client.createMessage({ threadId, body: { role: 'user', content } });
      const response = await client.stream('createRun', {
        threadId,
        body: { assistant_id: assistantId, stream: true },
      });
      await response.text();
    }
    return { threadId };
  };
}

const scenario: StoryBackendOptions['scenario'] = [
  { when: 'fail', say: ['Oh ', { fail: 'rate_limit_exceeded' }] },
  { when: 'weather', say: { call: 'get_weather', with: { city: 'Paris' } } },
  { say: 'Done.' },
];

const tools = [{ name: 'get_weather', title: 'Weather' }];

export const Runs: Story = {
  args: { tools },
  parameters: withOptions({
    scenario,
    prepare: createRuns('Hello', 'fail', 'Hello again', 'weather'),
  }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Waiting for Weather')).toBeVisible();
    await expect(canvas.getAllByRole('article')).toHaveLength(4);
    await userEvent.click(await canvas.findByText('Weather'));
    await expect(canvas.getByText('No result yet.')).toBeVisible();
    const raw = canvas.getByText('Run as JSON');
    await userEvent.click(raw);
    await expect(raw.closest('details')?.querySelector('pre')).toBeVisible();
  },
};

/** The server keeps the events of a run. */
export const Events: Story = {
  parameters: withOptions({ scenario, prepare: createRuns('Hello') }),
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByText('Events'));
    await expect(await canvas.findByText('thread.run.completed')).toBeVisible();
  },
};

/** Two runs in the same scale of time, and the fields in which they differ. */
export const Comparison: Story = {
  parameters: withOptions({ scenario, prepare: createRuns('Hello', 'fail') }),
  play: async ({ canvas }) => {
    const [, older] = await canvas.findAllByRole('article');
    await userEvent.click(older?.querySelector('summary') as HTMLElement);
    const getButtons = () => canvas.getAllByRole('button', { name: 'Compare' });
    await waitFor(() => expect(getButtons()).toHaveLength(2));
    for (const button of getButtons()) await userEvent.click(button);
    await expect(await canvas.findByRole('region', { name: 'Comparison' })).toBeVisible();
    await expect(canvas.getByText('last_error.code')).toBeVisible();
  },
};

export const Empty: Story = {
  parameters: withOptions({ prepare: createRuns() }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('No runs yet.')).toBeVisible();
  },
};

export const Failed: Story = {
  parameters: withOptions({
    prepare: createRuns(),
    intercept: () => new Response(null, { status: 500 }),
  }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Server error')).toBeVisible();
  },
};
