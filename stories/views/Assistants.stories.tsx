import type { Meta, StoryObj } from '@storybook/react-vite';
import { AssistantEditor, AssistantList, Button } from 'assistants-react';
import { expect, fn, userEvent, waitFor } from 'storybook/test';
import { noon } from '../fixtures.js';
import { createStoryBackend, withBackend, type StoryBackendOptions } from '../withBackend.js';

const now = () => noon * 1_000;

/** List of all assistants, newest first. */
const meta = {
  title: 'Views/AssistantList',
  component: AssistantList,
  subcomponents: { AssistantEditor },
  loaders: [createStoryBackend],
  decorators: [withBackend],
  parameters: { box: { width: 320, height: 'auto' }, backend: { now }, idArgs: [] },
  args: { onSelect: fn() },
} satisfies Meta<typeof AssistantList>;

export default meta;
type Story = StoryObj<typeof meta>;

const withOptions = (options: StoryBackendOptions) => ({ backend: { now, ...options } });

export const One: Story = {
  play: async ({ canvas, args }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /Weather assistant/ }));
    await expect(args.onSelect).toHaveBeenCalledOnce();
  },
};

export const Many: Story = {
  parameters: withOptions({
    prepare: async (client) => {
      for (const name of [
        'Cook',
        'Gardener',
        'Librarian',
        'A helper with a rather long name that does not fit into one line',
      ]) {
        await client.createAssistant({
          body: { model: 'scripted', name, description: `Works as ${name.toLowerCase()}.` },
        });
      }
      return {};
    },
  }),
  args: {
    renderActions: ({ name }) => <Button aria-label={`Edit ${name}`}>Edit</Button>,
    onDelete: fn(),
    onDuplicate: fn(),
  },
  play: async ({ canvas }) => {
    await canvas.findByText('Gardener');
    await expect(canvas.getByRole('button', { name: 'Edit Cook' })).toBeVisible();
  },
};

export const Empty: Story = {
  parameters: withOptions({
    prepare: async (client, assistantId) => {
      await client.deleteAssistant({ assistantId });
      return {};
    },
  }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('No assistants yet.')).toBeVisible();
  },
};

export const Loading: Story = {
  parameters: withOptions({ intercept: () => new Promise<never>(() => undefined) }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Loading')).toBeVisible();
  },
};

export const Failed: Story = {
  parameters: withOptions({ intercept: () => new Response(null, { status: 500 }) }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Server error')).toBeVisible();
    await expect(await canvas.findByRole('button', { name: 'Try again' })).toBeVisible();
  },
};

/** Form that creates an assistant. */
export const Create: StoryObj = {
  render: () => <AssistantEditor onSaved={saved} onCancel={() => undefined} />,
  play: async ({ canvas }) => {
    saved.mockClear();
    await userEvent.type(await canvas.findByRole('textbox', { name: 'Name' }), 'Cook');
    await userEvent.type(canvas.getByRole('textbox', { name: /Model/ }), 'scripted');
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(saved).toHaveBeenCalledOnce());
  },
};

const saved = fn();
const copied = fn();

/** Form that edits an assistant. */
export const Edit: StoryObj<{ assistantId: string }> = {
  parameters: { idArgs: ['assistantId'] },
  render: ({ assistantId }) => <AssistantEditor assistantId={assistantId} onDuplicate={copied} />,
  play: async ({ canvas }) => {
    copied.mockClear();
    await expect(await canvas.findByRole('textbox', { name: 'Name' })).toHaveValue(
      'Weather assistant',
    );
    await userEvent.click(canvas.getByRole('button', { name: 'Duplicate' }));
    await waitFor(() => expect(copied).toHaveBeenCalledOnce());
  },
};

/** Form that keeps the entered values when the server rejects them. */
export const Refused: StoryObj = {
  parameters: withOptions({
    intercept: (request) =>
      request.method === 'POST'
        ? Response.json(
            {
              error: {
                message: 'No such model.',
                type: 'invalid_request_error',
                param: 'model',
                code: null,
              },
            },
            { status: 400 },
          )
        : undefined,
  }),
  render: () => <AssistantEditor />,
  play: async ({ canvas }) => {
    await userEvent.type(await canvas.findByRole('textbox', { name: /Model/ }), 'nonsense');
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }));
    await expect(await canvas.findByText(/No such model/)).toBeVisible();
    await expect(canvas.getByRole('textbox', { name: /Model/ })).toHaveValue('nonsense');
  },
};

/** Form of an assistant that another user has deleted: it can be created again with what was written. */
export const Deleted: StoryObj<{ assistantId: string }> = {
  parameters: {
    idArgs: ['assistantId'],
    ...withOptions({
      intercept: (request) =>
        /\/assistants\/\w+$/.test(request.url) && hasDeleted.value
          ? Response.json(
              { error: { message: 'No such assistant.', type: 'invalid_request_error' } },
              { status: 404 },
            )
          : undefined,
    }),
  },
  render: ({ assistantId }) => <AssistantEditor assistantId={assistantId} />,
  play: async ({ canvas }) => {
    hasDeleted.value = false;
    const name = await canvas.findByRole('textbox', { name: 'Name' });
    await userEvent.type(name, ' and cook');
    hasDeleted.value = true;
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }));
    await expect(await canvas.findByRole('button', { name: 'Create as new' })).toBeVisible();
    await expect(canvas.getByText(/This assistant was deleted/)).toBeVisible();
    await expect(name).toHaveValue('Weather assistant and cook');
  },
};

const hasDeleted = { value: false };

/** Files of an assistant, for its code interpreter and for its file search. One leaves the file search when the form is saved. */
export const Files: StoryObj<{ assistantId: string; filesId: string }> = {
  parameters: {
    idArgs: ['filesId'],
    ...withOptions({
      prepare: async (client) => {
        const upload = (name: string) =>
          client.uploadFile({ body: { file: new File(['Tea.'], name), purpose: 'assistants' } });
        const [code, search] = await Promise.all([upload('prices.csv'), upload('menu.txt')]);
        const { id: filesId } = await client.createAssistant({
          body: {
            model: 'scripted',
            name: 'Cook',
            tools: [{ type: 'code_interpreter' }, { type: 'file_search' }],
            tool_resources: {
              code_interpreter: { file_ids: [code.id] },
              file_search: { vector_stores: [{ file_ids: [search.id] }] },
            },
          },
        });
        return { filesId };
      },
    }),
  },
  render: ({ filesId }) => <AssistantEditor assistantId={filesId} />,
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('prices.csv')).toBeVisible();
    await expect(await canvas.findByText('menu.txt')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Remove menu.txt' }));
    await expect(canvas.getByText('Removed when you save')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Undo: keep menu.txt' }));
    await expect(canvas.getByRole('button', { name: 'Remove menu.txt' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
  },
};
