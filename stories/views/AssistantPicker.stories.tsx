import type { Meta, StoryObj } from '@storybook/react-vite';
import { AssistantPicker, Button } from 'assistants-react';
import { expect, fn, userEvent, waitFor } from 'storybook/test';
import { createStoryBackend, withBackend, type StoryBackendOptions } from '../withBackend.js';

/** Button that shows the chosen assistant and opens a list of all, which finds them by name, description and model. */
const meta = {
  title: 'Views/AssistantPicker',
  component: AssistantPicker,
  loaders: [createStoryBackend],
  decorators: [withBackend],
  parameters: { box: { width: 360, height: 480 }, idArgs: ['assistantId'] },
  args: { onSelect: fn() },
} satisfies Meta<typeof AssistantPicker>;

export default meta;
type Story = StoryObj<typeof meta>;

const withOptions = (options: StoryBackendOptions) => ({ backend: options });

const withAssistants = (...names: readonly string[]) =>
  withOptions({
    prepare: async (client) => {
      for (const name of names) {
        await client.createAssistant({
          body: { model: 'scripted', name, description: `Works as ${name.toLowerCase()}.` },
        });
      }
      return {};
    },
  });

/** Keys: arrows move through the list, Enter chooses, Escape closes. The focus returns to the button. */
export const Search: Story = {
  parameters: withAssistants(
    'Cook',
    'Gardener',
    'Librarian',
    'A helper with a rather long name that does not fit into one line',
  ),
  play: async ({ canvas, args }) => {
    const button = await canvas.findByRole('button', { name: 'Assistant: Weather assistant' });
    await userEvent.click(button);
    const field = await canvas.findByRole('combobox', { name: 'Search assistants' });
    await waitFor(() => expect(field).toHaveFocus());
    await expect(canvas.getByRole('option', { name: /Weather assistant/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await userEvent.type(field, 'works gard');
    await waitFor(() => expect(canvas.getAllByRole('option')).toHaveLength(1));
    await userEvent.keyboard('{Enter}');
    await expect(args.onSelect).toHaveBeenCalledOnce();
    await expect(args.onSelect).toHaveBeenCalledWith(expect.objectContaining({ name: 'Gardener' }));
    await expect(button).toHaveFocus();
    await userEvent.click(button);
    await canvas.findByRole('listbox');
  },
};

/** Pages are loaded when the user scrolls, and while no loaded assistant matches. */
export const Pages: Story = {
  parameters: withAssistants(
    'The first of all',
    ...Array.from({ length: 45 }, (_, index) => `Helper ${index + 1}`),
  ),
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /^Assistant/ }));
    await userEvent.type(await canvas.findByRole('combobox'), 'first of all');
    await expect(await canvas.findByRole('option', { name: /The first of all/ })).toBeVisible();
  },
};

/** Buttons below the list. */
export const Actions: Story = {
  args: {
    renderActions: (close) => (
      <Button variant="quiet" onClick={close}>
        Manage assistants…
      </Button>
    ),
  },
  play: async ({ canvas }) => {
    const button = await canvas.findByRole('button', { name: /^Assistant/ });
    await userEvent.click(button);
    await userEvent.click(await canvas.findByRole('button', { name: 'Manage assistants…' }));
    await expect(canvas.queryByRole('listbox')).toBeNull();
    await expect(button).toHaveFocus();
  },
};

export const Empty: Story = {
  parameters: {
    ...withOptions({
      prepare: async (client, assistantId) => {
        await client.deleteAssistant({ assistantId });
        return {};
      },
    }),
    idArgs: [],
  },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Choose an assistant' }));
    await expect(await canvas.findByText('No assistants yet.')).toBeVisible();
  },
};

export const Failed: Story = {
  parameters: {
    ...withOptions({ intercept: () => new Response(null, { status: 500 }) }),
    idArgs: [],
  },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Choose an assistant' }));
    await expect(await canvas.findByRole('button', { name: 'Try again' })).toBeVisible();
  },
};

export const RightToLeft: Story = {
  parameters: {
    ...withAssistants('طباخ', 'Gardener'),
    box: { width: 360, height: 480, dir: 'rtl' },
  },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /^Assistant/ }));
    await expect(await canvas.findByRole('option', { name: /طباخ/ })).toBeVisible();
  },
};
