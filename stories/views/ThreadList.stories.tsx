import type { Meta, StoryObj } from '@storybook/react-vite';
import { memoryThreads, ThreadList, type ThreadEntry } from 'assistants-react';
import { expect, fn, userEvent, waitFor } from 'storybook/test';
import { createStoryBackend, withBackend } from '../withBackend.js';

const DAY_MS = 86_400_000;

const createEntries = (titles: readonly string[], now = Date.now()): ThreadEntry[] =>
  titles.map((title, index) => ({
    id: `thread_${index}`,
    title,
    updatedAt: now - index ** 2 * DAY_MS,
  }));

const titles = [
  'Three days in Lisbon',
  'Why does my bread not rise?',
  'The difference between a lens with a fixed focal length and one that zooms',
  'عنوان بالعربية',
  'Letter to the landlord',
  'Names for a boat',
];

/** List of the user's threads, grouped by the day of their last use. */
const meta = {
  title: 'Views/ThreadList',
  component: ThreadList,
  loaders: [createStoryBackend],
  decorators: [withBackend],
  parameters: { box: { width: 280, height: 'auto' }, idArgs: [] },
  args: { threadId: 'thread_0', onSelect: fn(), onDelete: fn() },
} satisfies Meta<typeof ThreadList>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Some: Story = {
  args: { registry: memoryThreads(createEntries(titles)) },
  play: async ({ canvas, args }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Names for a boat' }));
    await expect(args.onSelect).toHaveBeenCalledOnce();
  },
};

/** A field searches the titles of longer lists. */
export const Searched: Story = {
  args: {
    registry: memoryThreads(createEntries([...titles, 'Café in Paris', 'Tax return', 'Chess'])),
  },
  play: async ({ canvas }) => {
    await userEvent.type(await canvas.findByRole('searchbox'), 'cafe');
    await expect(canvas.getByRole('button', { name: 'Café in Paris' })).toBeVisible();
    await expect(canvas.queryByRole('button', { name: 'Chess' })).toBeNull();
  },
};

/** The menu of a thread, and what it leads to. */
export const Menu: Story = {
  args: { registry: memoryThreads(createEntries(titles)) },
  play: async ({ canvas }) => {
    await userEvent.click(
      await canvas.findByRole('button', { name: 'Options for Why does my bread not rise?' }),
    );
    const rename = await canvas.findByRole('menuitem', { name: 'Rename' });
    await waitFor(() => expect(rename).toHaveFocus());
  },
};

export const Renaming: Story = {
  args: { registry: memoryThreads(createEntries(titles)) },
  play: async ({ canvas }) => {
    (await canvas.findByRole('button', { name: 'Why does my bread not rise?' })).focus();
    await userEvent.keyboard('{F2}');
    await expect(canvas.getByRole('textbox', { name: 'Title' })).toHaveFocus();
  },
};

/** A deletion can be undone for ten seconds. */
export const Deleted: Story = {
  args: { registry: memoryThreads(createEntries(titles)) },
  play: async ({ canvas, args }) => {
    (await canvas.findByRole('button', { name: 'Why does my bread not rise?' })).focus();
    await userEvent.keyboard('{Delete}');
    await expect(args.onDelete).toHaveBeenCalledOnce();
    await expect(canvas.getByRole('button', { name: /Undo/ })).toHaveFocus();
  },
};

/** Pinned threads are first, archived ones last and folded. Unread threads have a mark. */
export const PinnedAndArchived: Story = {
  args: {
    registry: memoryThreads(
      createEntries(titles).map((entry, index) => ({
        ...entry,
        isPinned: index === 4,
        isArchived: index === 5,
        isUnread: index === 1,
      })),
    ),
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('region', { name: 'Pinned' })).toBeVisible();
    await expect(
      canvas.getByRole('button', { name: 'Why does my bread not rise?' }),
    ).toHaveAccessibleDescription('New answer');
    await userEvent.click(canvas.getByText('Archived'));
    await expect(await canvas.findByRole('button', { name: 'Names for a boat' })).toBeVisible();
  },
};

export const Empty: Story = { args: { registry: memoryThreads() } };
