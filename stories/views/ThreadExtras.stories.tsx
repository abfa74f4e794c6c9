import type { Meta, StoryObj } from '@storybook/react-vite';
import { MessageReadAloud, ThreadQuote, ThreadView, type AssistantsClient } from 'assistants-react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import {
  createStoryBackend,
  getLog,
  sendMessage,
  waitForStatus,
  withBackend,
} from '../withBackend.js';

/** Additions to the plain conversation: quotes, a voice, and messages that wait for their turn. */
const meta = {
  title: 'Views/Thread extras',
  component: ThreadView,
  loaders: [createStoryBackend],
  decorators: [withBackend],
} satisfies Meta<typeof ThreadView>;

export default meta;
type Story = StoryObj<typeof meta>;

async function createSeaThread(client: AssistantsClient) {
  const { id: threadId } = await client.createThread({ body: {} });
  await client.createMessage({ threadId, body: { role: 'user', content: 'Tell me a fact.' } });
  const content = 'The sea is **blue** because it absorbs red light.';
  await client.createMessage({ threadId, body: { role: 'assistant', content } });
  return { threadId };
}

/** `ThreadQuote`: the button appears beside text that is selected in a message. */
export const QuoteOfSelection: Story = {
  args: { children: <ThreadQuote /> },
  parameters: { backend: { prepare: createSeaThread } },
  play: async ({ canvas }) => {
    const word = await canvas.findByText('blue');
    getSelection()?.selectAllChildren(word);
    await userEvent.click(await canvas.findByRole('button', { name: 'Quote' }));
    await expect(canvas.getByRole('textbox')).toHaveValue('> blue\n\n');
    getSelection()?.selectAllChildren(word);
    await expect(await canvas.findByRole('button', { name: 'Quote' })).toBeVisible();
  },
};

/** `MessageReadAloud` among the actions of answers, in browsers with a voice. */
export const ReadAloud: Story = {
  args: { renderActions: ({ role }) => role === 'assistant' && <MessageReadAloud /> },
  parameters: { backend: { prepare: createSeaThread } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Read aloud' })).toBeInTheDocument();
  },
};

/** Messages that are sent when the answer has ended. Each can be taken back to the composer, or removed. */
export const QueuedMessages: Story = {
  parameters: { backend: { scenario: [{ say: ['Let me think about that.', { stall: true }] }] } },
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Plan three days in Lisbon');
    await waitForStatus(canvasElement, 'in_progress');
    await sendMessage(canvasElement, 'With a lot of walking');
    await sendMessage(canvasElement, 'And no museums');
    const getRow = (text: string) => {
      const row = getLog(canvasElement).getByText(text).closest('article');
      if (!row) throw new Error(`No message contains "${text}".`);
      return within(row);
    };
    await userEvent.click(await getRow('And no museums').findByRole('button', { name: 'Edit' }));
    await expect(canvas.getByRole('textbox')).toHaveValue('And no museums');
    await userEvent.clear(canvas.getByRole('textbox'));
    await sendMessage(canvasElement, 'And good food');
    await sendMessage(canvasElement, 'Or not');
    await userEvent.click(
      await getRow('Or not').findByRole('button', { name: 'Remove from queue' }),
    );
    await waitFor(() => expect(canvas.queryByText('Or not')).toBeNull());
    await expect(getRow('And good food').getByText('Queued')).toBeVisible();
  },
};
