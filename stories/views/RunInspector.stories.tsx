import type { Meta, StoryObj } from '@storybook/react-vite';
import { RunInspector, type AssistantsClient } from 'assistants-react';
import { expect, userEvent } from 'storybook/test';
import { createStoryBackend, withBackend, type StoryBackendOptions } from '../withBackend.js';

/** List of the runs of a thread, newest first, with their steps and their JSON. */
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

export const Runs: Story = {
  parameters: withOptions({
    scenario: [
      { when: 'fail', say: ['Oh ', { fail: 'rate_limit_exceeded' }] },
      { when: 'weather', say: { call: 'get_weather', with: { city: 'Paris' } } },
      { say: 'Done.' },
    ],
    prepare: createRuns('Hello', 'fail', 'Hello again', 'weather'),
  }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Waiting for get_weather')).toBeVisible();
    await expect(canvas.getAllByRole('article')).toHaveLength(4);
    const raw = canvas.getAllByText('Run as JSON')[0] as HTMLElement;
    await userEvent.click(raw);
    await expect(raw.closest('details')?.querySelector('pre')).toBeVisible();
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
