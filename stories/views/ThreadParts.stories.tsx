import type { Meta, StoryObj } from '@storybook/react-vite';
import {
  ComposerAttach,
  ComposerAttachments,
  ComposerHint,
  ComposerInput,
  ComposerSend,
  ComposerStop,
  Message,
  Thread,
  useThreadConversation,
} from 'assistants-react';
import { expect, userEvent } from 'storybook/test';
import {
  getLog,
  createStoryBackend,
  waitForStatus,
  sendMessage,
  withBackend,
} from '../withBackend.js';

/** Other compositions of the parts of `ThreadView`. */
const meta = {
  title: 'Views/Thread parts',
  component: Thread.Root,
  loaders: [createStoryBackend],
  decorators: [withBackend],
} satisfies Meta<typeof Thread.Root>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Only messages and a composer. */
export const MessagesOnly: Story = {
  render: (args) => (
    <Thread.Root {...args}>
      <Thread.Messages />
      <Thread.Composer allowAttachments={false} placeholder="Say hello" />
    </Thread.Root>
  ),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Hello');
    await waitForStatus(canvasElement, 'completed');
    await expect(canvas.queryByRole('button', { name: 'Attach files' })).toBeNull();
    await expect(canvasElement.querySelector('[data-part="run-status"]')).toBeNull();
  },
};

/** Composer in another arrangement: the buttons are in a row of their own. */
export const OwnComposer: Story = {
  render: (args) => (
    <Thread.Root {...args}>
      <Thread.Messages>
        <Thread.Status />
      </Thread.Messages>
      <Thread.ComposerForm>
        <div style={{ border: '1px solid', borderRadius: 12, padding: 8 }}>
          <ComposerAttachments />
          <div style={{ display: 'flex' }}>
            <ComposerInput placeholder="Ask the librarian" />
          </div>
          <div style={{ display: 'flex', justifyContent: 'space-between' }}>
            <ComposerAttach />
            <ComposerStop>Stop</ComposerStop>
            <ComposerSend>Send</ComposerSend>
          </div>
        </div>
        <ComposerHint />
      </Thread.ComposerForm>
    </Thread.Root>
  ),
  play: async ({ canvas, canvasElement }) => {
    await expect(canvas.getByPlaceholderText('Ask the librarian')).toBeVisible();
    await sendMessage(canvasElement, 'Hello');
    await waitForStatus(canvasElement, 'completed');
    await expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveValue('');
  },
};

/** Custom messages with an avatar. */
export const CustomMessages: Story = {
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
    await sendMessage(canvasElement, 'Hello');
    await waitForStatus(canvasElement, 'completed');
    await expect(await getLog(canvasElement).findByText('✦')).toBeVisible();
  },
};

/** The rows of `ThreadView` with an avatar, and with a line of the app below the answers. */
export const RowsWithAvatars: Story = {
  render: (args) => (
    <Thread.Root {...args} renderActions={({ id }) => <small>{id.slice(0, 8)}</small>}>
      <Thread.Messages
        renderMessage={(row) => (
          <Thread.Message
            row={row}
            avatar={<span aria-hidden>{row.message.role === 'user' ? '☺' : '✦'}</span>}
          />
        )}
      />
      <Thread.Composer />
    </Thread.Root>
  ),
  play: async ({ canvasElement }) => {
    await sendMessage(canvasElement, 'Hello');
    await waitForStatus(canvasElement, 'completed');
    const log = getLog(canvasElement);
    await expect(await log.findByText('✦')).toBeVisible();
    await expect(await log.findByRole('button', { name: 'Regenerate' })).toBeInTheDocument();
    const [bubble] = canvasElement.querySelectorAll(
      '[data-role="user"] [data-part="message-text"]',
    );
    const end = bubble?.getBoundingClientRect().right ?? 0;
    await expect(log.getByText('☺').getBoundingClientRect().left).toBeGreaterThan(end);
  },
};

/** Steps of the run next to the messages. */
export const StepsAside: Story = {
  parameters: {
    backend: {
      scenario: [{ say: { call: 'get_weather', with: { city: 'Oslo' } }, after: 'Snow.' }],
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
      <aside aria-label="Run">
        <Thread.Status />
        <Thread.Steps />
      </aside>
      <Thread.Composer />
    </Thread.Root>
  ),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Weather in Oslo?');
    await userEvent.click(await canvas.findByRole('button', { name: 'Submit result' }));
    await waitForStatus(canvasElement, 'completed');
    await expect(await canvas.findByText(/steps?$/)).toBeVisible();
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

/** Custom part that uses the conversation of the thread. */
export const CustomPart: Story = {
  parameters: {
    backend: { scenario: [{ say: ({ text }: { text: string }) => `You said ${text}.` }] },
  },
  render: (args) => (
    <Thread.Root {...args}>
      <Thread.Messages empty={<Thread.Empty heading="Ready to start?" />} />
      <QuickReplies />
    </Thread.Root>
  ),
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Yes' }));
    await waitForStatus(canvasElement, 'completed');
    await expect(await getLog(canvasElement).findByText('You said Yes.')).toBeVisible();
  },
};
