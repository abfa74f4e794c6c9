import { TanStackDevtools } from '@tanstack/react-devtools';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { ThreadView } from 'assistants-react';
import {
  AssistantsDevtools,
  assistantsDevtoolsPlugin,
  recordRequests,
} from 'assistants-react/devtools';
import 'assistants-react/devtools.css';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { createStoryBackend, sendMessage, waitForStatus, withBackend } from '../withBackend.js';

/**
 * Tools for developers, in an entry point of their own: the runs of each thread, requests and the cache. A floating
 * panel, or a panel of TanStack Devtools.
 */
const meta = {
  title: 'Views/AssistantsDevtools',
  component: AssistantsDevtools,
  loaders: [createStoryBackend],
  decorators: [withBackend],
  parameters: {
    idArgs: [],
    box: { height: 640 },
    backend: { middleware: [recordRequests], scenario: [{ say: 'Hello.' }] },
  },
} satisfies Meta<typeof AssistantsDevtools>;

export default meta;
type Story = StoryObj<typeof meta>;

const renderThread: Story['render'] = (args, { loaded }) => {
  const { ids } = loaded['storyBackend'] as { ids: Record<string, string> };
  return (
    <>
      <ThreadView assistantId={ids['assistantId']} />
      <AssistantsDevtools {...args} />
    </>
  );
};

/** Each run of the thread that was used last. */
export const Runs: Story = {
  render: renderThread,
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Hi');
    await waitForStatus(canvasElement, 'completed');
    const toggle = canvas.getByRole('button', { name: 'Assistants devtools' });
    await userEvent.click(toggle);
    await expect(await canvas.findByRole('article', { name: /^run_/ })).toBeVisible();
    await userEvent.keyboard('{Tab}{Escape}');
    await expect(
      canvas.queryByRole('region', { name: 'Assistants devtools' }),
    ).not.toBeInTheDocument();
    await expect(toggle).toHaveFocus();
    await userEvent.click(toggle);
  },
};

/** A run and its replay in a server of the page, with the recorded output. */
export const Replay: Story = {
  ...Runs,
  parameters: {
    backend: {
      middleware: [recordRequests],
      scenario: [{ say: { call: 'get_weather', with: { city: 'Oslo' } }, after: 'Snow.' }],
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Weather in Oslo?');
    await userEvent.click(await canvas.findByRole('button', { name: 'Submit result' }));
    await waitForStatus(canvasElement, 'completed');
    await userEvent.click(canvas.getByRole('button', { name: 'Assistants devtools' }));
    await userEvent.click(await canvas.findByRole('button', { name: 'Replay' }));
    const comparison = within(await canvas.findByRole('region', { name: 'Comparison' }));
    await expect(comparison.getByText('Recorded')).toBeVisible();
    await expect(comparison.getByText('Replayed')).toBeVisible();
  },
};

/** Requests of clients with the middleware `recordRequests`. */
export const Requests: Story = {
  ...Runs,
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Hi');
    await waitForStatus(canvasElement, 'completed');
    await userEvent.click(canvas.getByRole('button', { name: 'Assistants devtools' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Requests' }));
    const requests = within(await canvas.findByRole('list', { name: 'Requests' }));
    const [newest] = await requests.findAllByText('POST /threads/runs');
    await userEvent.click(newest as HTMLElement);
    await waitFor(() => expect(requests.getByText(/thread\.run\.completed/)).toBeVisible());
    await expect(requests.getByRole('button', { name: 'Copy as cURL' })).toBeVisible();
  },
};

/** Queries of the client in the cache. */
export const Cache: Story = {
  ...Runs,
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Hi');
    await waitForStatus(canvasElement, 'completed');
    await userEvent.click(canvas.getByRole('button', { name: 'Assistants devtools' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Cache' }));
    const cache = within(await canvas.findByRole('list', { name: 'Cache' }));
    const [query] = await cache.findAllByText(/messages › list/);
    await userEvent.click(query as HTMLElement);
    await expect(await cache.findByText(/"object": "thread.message"/)).toBeVisible();
  },
};

/** Panel of TanStack Devtools. */
export const InTanStackDevtools: Story = {
  render: () => (
    <TanStackDevtools
      plugins={[{ ...assistantsDevtoolsPlugin(), defaultOpen: true }]}
      config={{ defaultOpen: true }}
    />
  ),
  parameters: {
    // The page of TanStack Devtools, not ours.
    a11y: { context: '[data-part="devtools"]' },
  },
  play: async () => {
    const page = within(document.body);
    await expect(await page.findByText('No thread has been opened yet.')).toBeInTheDocument();
  },
};
