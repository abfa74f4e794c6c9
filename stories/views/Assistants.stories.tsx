import type { Meta, StoryObj } from '@storybook/react-vite';
import { AssistantEditor, AssistantList, Button } from 'assistants-react';
import { expect, fn, userEvent, waitFor } from 'storybook/test';
import { noon } from '../fixtures.js';
import { openStage, withBackend, type Stage } from '../withBackend.js';

const now = () => noon * 1_000;

/** The assistants of the server, newest first. */
const meta = {
  title: 'Views/AssistantList',
  component: AssistantList,
  subcomponents: { AssistantEditor },
  loaders: [openStage],
  decorators: [withBackend],
  parameters: { box: { width: 320, height: 'auto' }, backend: { now }, takes: [] },
  args: { onSelect: fn() },
} satisfies Meta<typeof AssistantList>;

export default meta;
type Story = StoryObj<typeof meta>;

const backend = (more: Stage) => ({ backend: { now, ...more } });

export const One: Story = {
  play: async ({ canvas, args }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /Weather assistant/ }));
    await expect(args.onSelect).toHaveBeenCalledOnce();
  },
};

export const Many: Story = {
  parameters: backend({
    prepare: async (client) => {
      for (const name of [
        'Cook',
        'Gardener',
        'Librarian',
        'A helper with a rather long name that does not fit into one line',
      ]) {
        await client.createAssistant({
          body: { model: 'scripted', name, description: `The ${name.toLowerCase()} of the house.` },
        });
      }
      return {};
    },
  }),
  args: { renderActions: ({ name }) => <Button aria-label={`Edit ${name}`}>Edit</Button> },
  play: async ({ canvas }) => {
    await canvas.findByText('Gardener');
    await expect(canvas.getByRole('button', { name: 'Edit Cook' })).toBeVisible();
  },
};

export const Empty: Story = {
  parameters: backend({
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
  parameters: backend({ gate: () => new Promise<never>(() => undefined) }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Loading')).toBeVisible();
  },
};

export const Failed: Story = {
  parameters: backend({ gate: () => new Response(null, { status: 500 }) }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('The server has a fault')).toBeVisible();
    await expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible();
  },
};

/** A new assistant. */
export const Create: StoryObj = {
  render: () => <AssistantEditor onSaved={saved} onCancel={() => undefined} />,
  play: async ({ canvas }) => {
    saved.mockClear();
    await userEvent.type(canvas.getByRole('textbox', { name: 'Name' }), 'Cook');
    await userEvent.type(canvas.getByRole('textbox', { name: /Model/ }), 'scripted');
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(saved).toHaveBeenCalledOnce());
  },
};

const saved = fn();

/** An assistant that is there. */
export const Edit: StoryObj<{ assistantId: string }> = {
  parameters: { takes: ['assistantId'] },
  render: ({ assistantId }) => <AssistantEditor assistantId={assistantId} />,
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('textbox', { name: 'Name' })).toHaveValue(
      'Weather assistant',
    );
  },
};

/** What was entered stays when the server refuses it. */
export const Refused: StoryObj = {
  parameters: backend({
    gate: (request) =>
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
    await userEvent.type(canvas.getByRole('textbox', { name: /Model/ }), 'nonsense');
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }));
    await expect(await canvas.findByText(/No such model/)).toBeVisible();
    await expect(canvas.getByRole('textbox', { name: /Model/ })).toHaveValue('nonsense');
  },
};
