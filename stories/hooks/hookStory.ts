import { expect, userEvent, within } from 'storybook/test';
import { createStoryBackend, withBackend, type StoryBackendOptions } from '../withBackend.js';

/** Settings of all stories of hooks. */
export const hookMeta = {
  loaders: [createStoryBackend],
  decorators: [withBackend],
};

/** Options for the backend of a story, and the ids that its hook needs. */
export function withData(idArgs: readonly string[], backend: StoryBackendOptions = {}) {
  return { box: { height: 'auto' }, idArgs, backend };
}

interface PlayContext {
  canvasElement: HTMLElement;
}

/** Waits until a query has loaded its data, with a request that succeeded. */
export async function expectData({ canvasElement }: PlayContext): Promise<void> {
  const canvas = within(canvasElement);
  await expect(await canvas.findByText('success, idle')).toBeVisible();
  const requests = canvas.getByRole('region', { name: 'Requests' });
  await expect(within(requests).getByText(/^GET \/v1\/.* 200/)).toBeVisible();
}

/** Calls `mutate`, and waits for its success. */
export async function mutate({ canvasElement }: PlayContext): Promise<void> {
  const canvas = within(canvasElement);
  await userEvent.click(canvas.getByRole('button', { name: 'mutate()' }));
  await expect(await canvas.findByText('success')).toBeVisible();
  const requests = canvas.getByRole('region', { name: 'Requests' });
  await expect(within(requests).getByText(/^(?:POST|DELETE) \/v1\/.* 200/)).toBeVisible();
}
