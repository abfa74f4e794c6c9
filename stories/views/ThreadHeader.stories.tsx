import type { Meta, StoryObj } from '@storybook/react-vite';
import { memoryThreads, ThreadHeader } from 'assistants-react';
import { expect, fn, userEvent, waitFor } from 'storybook/test';
import { createStoryBackend, withBackend } from '../withBackend.js';

const registry = (title: string) => memoryThreads([{ id: 'thread_0', title, updatedAt: 0 }]);

/** Header of the open thread, with its title and a menu. */
const meta = {
  title: 'Views/ThreadHeader',
  component: ThreadHeader,
  loaders: [createStoryBackend],
  decorators: [withBackend],
  parameters: { box: { width: 560, height: 'auto' }, idArgs: [] },
  args: {
    threadId: 'thread_0',
    onSelect: fn(),
    onDelete: fn(),
    getHref: (id: string) => `#thread=${id}`,
  },
} satisfies Meta<typeof ThreadHeader>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Titled: Story = { args: { registry: registry('Three days in Lisbon') } };

export const New: Story = { args: { threadId: undefined, registry: memoryThreads() } };

export const LongTitle: Story = {
  args: {
    registry: registry(
      'The difference between a lens with a fixed focal length and one that zooms, for travellers',
    ),
  },
};

export const Menu: Story = {
  args: { registry: registry('Three days in Lisbon') },
  play: async ({ canvas }) => {
    await canvas.findByRole('button', { name: 'Three days in Lisbon' });
    await userEvent.click(canvas.getByRole('button', { name: 'Options for Three days in Lisbon' }));
    const rename = await canvas.findByRole('menuitem', { name: 'Rename' });
    await waitFor(() => expect(rename).toHaveFocus());
    await userEvent.keyboard('{End}');
    await waitFor(() => expect(canvas.getByRole('menuitem', { name: 'Delete' })).toHaveFocus());
  },
};

export const Renaming: Story = {
  args: { registry: registry('Three days in Lisbon') },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Three days in Lisbon' }));
    await expect(canvas.getByRole('textbox', { name: 'Title' })).toHaveFocus();
  },
};

/** A deletion can be undone for ten seconds. */
export const Deleted: Story = {
  args: { registry: registry('Three days in Lisbon') },
  play: async ({ canvas, args }) => {
    await canvas.findByRole('button', { name: 'Three days in Lisbon' });
    await userEvent.click(canvas.getByRole('button', { name: 'Options for Three days in Lisbon' }));
    await userEvent.click(await canvas.findByRole('menuitem', { name: 'Delete' }));
    await expect(args.onDelete).toHaveBeenCalledOnce();
    await expect(canvas.getByRole('button', { name: /Undo/ })).toHaveFocus();
  },
};
