import type { Meta, StoryObj } from '@storybook/react-vite';
import { Message, Thread, useThreadConversation } from 'assistants-react';
import { expect, userEvent } from 'storybook/test';
import { log, openStage, reach, say, withBackend } from '../withBackend.js';

/** The parts that `ThreadView` is made of, put together in other ways. */
const meta = {
  title: 'Views/Thread parts',
  component: Thread.Root,
  loaders: [openStage],
  decorators: [withBackend],
} satisfies Meta<typeof Thread.Root>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Messages and a composer, and nothing else. */
export const OnlyTheTalk: Story = {
  render: (args) => (
    <Thread.Root {...args}>
      <Thread.Messages />
      <Thread.Composer allowAttachments={false} placeholder="Say hello" />
    </Thread.Root>
  ),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'Hello');
    await reach(canvasElement, 'completed');
    await expect(canvas.queryByRole('button', { name: 'Attach files' })).toBeNull();
    await expect(canvasElement.querySelector('[data-part="run-status"]')).toBeNull();
  },
};

/** Rows of your own, with an avatar. */
export const OwnMessages: Story = {
  render: (args) => (
    <Thread.Root {...args}>
      <Thread.Messages
        renderMessage={({ key, ...row }) => (
          <Message
            key={key}
            {...row}
            avatar={<span aria-hidden>{row.message.role === 'user' ? '☺' : '✦'}</span>}
          />
        )}
      >
        <Thread.Status />
      </Thread.Messages>
      <Thread.Composer />
    </Thread.Root>
  ),
  play: async ({ canvasElement }) => {
    await say(canvasElement, 'Hello');
    await reach(canvasElement, 'completed');
    await expect(log(canvasElement).getByText('✦')).toBeVisible();
  },
};

/** What a run did stands beside the talk. */
export const StepsAside: Story = {
  parameters: {
    backend: {
      scenario: [{ say: { call: 'get_weather', with: { city: 'Oslo' } }, after: 'Snow, as ever.' }],
    },
  },
  render: (args) => (
    <Thread.Root
      {...args}
      style={{ display: 'grid', gridTemplate: '1fr auto / 2fr 1fr', columnGap: 16 }}
    >
      <Thread.Messages>
        <Thread.ToolOutputs />
      </Thread.Messages>
      <aside aria-label="What it did">
        <Thread.Status />
        <Thread.Steps />
      </aside>
      <Thread.Composer />
    </Thread.Root>
  ),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'Weather in Oslo?');
    await userEvent.click(await canvas.findByRole('button', { name: 'Submit result' }));
    await reach(canvasElement, 'completed');
    await expect(canvas.getByText(/steps?$/)).toBeVisible();
  },
};

function QuickReplies() {
  const conversation = useThreadConversation();
  return (
    <p>
      {['Yes', 'No'].map((answer) => (
        <button key={answer} type="button" onClick={() => void conversation.send(answer)}>
          {answer}
        </button>
      ))}
    </p>
  );
}

/** A part of your own, by the conversation around it. */
export const OwnPart: Story = {
  parameters: {
    backend: { scenario: [{ say: ({ text }: { text: string }) => `You said ${text}.` }] },
  },
  render: (args) => (
    <Thread.Root {...args}>
      <Thread.Messages empty={<Thread.Empty heading="Shall we begin?" />} />
      <QuickReplies />
    </Thread.Root>
  ),
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Yes' }));
    await reach(canvasElement, 'completed');
    await expect(log(canvasElement).getByText('You said Yes.')).toBeVisible();
  },
};
