import type { Meta, StoryObj } from '@storybook/react-vite';
import { getMessageText, useConversation } from 'assistants-react';
import { useId, useState, type ReactElement } from 'react';
import { expect, userEvent } from 'storybook/test';
import { createStoryBackend, withBackend } from '../withBackend.js';

interface BareChatProps {
  assistantId?: string;
  threadId?: string;
}

/** Chat with the hook only, without components and styles of the library. */
function BareChat({ assistantId, threadId }: BareChatProps): ReactElement {
  const conversation = useConversation({ assistantId, threadId });
  const [text, setText] = useState('');
  const id = useId();
  return (
    <div>
      <ul>
        {conversation.messages.map(({ key, message, state }) => (
          <li key={key}>
            <strong>{message.role}</strong> {getMessageText(message)}{' '}
            {state === 'failed' && '(not sent)'}
          </li>
        ))}
      </ul>
      <p>
        <output>{conversation.status}</output>
      </p>
      {conversation.pendingToolCalls.map((call) => (
        <button
          key={call.id}
          type="button"
          onClick={() =>
            void conversation.submitToolOutputs([{ tool_call_id: call.id, output: 'sunny' }])
          }
        >
          Answer {call.function.name} with “sunny”
        </button>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void conversation.send(text);
          setText('');
        }}
      >
        <label htmlFor={id}>Message</label>{' '}
        <input id={id} value={text} onChange={(event) => setText(event.target.value)} />{' '}
        <button type="submit">Send</button>
      </form>
    </div>
  );
}

/** Complete chat as a hook: messages, status, run, pending tool calls and actions. It renders nothing. */
const meta = {
  title: 'Hooks/useConversation',
  component: BareChat,
  loaders: [createStoryBackend],
  decorators: [withBackend],
  parameters: { box: { height: 'auto' } },
} satisfies Meta<typeof BareChat>;

export default meta;
type Story = StoryObj<typeof meta>;

export const WithoutComponents: Story = {
  play: async ({ canvas }) => {
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'My name is Ada{Enter}');
    await expect(await canvas.findByText(/Nice to meet you/)).toBeVisible();
  },
};

export const WithToolCall: Story = {
  play: async ({ canvas }) => {
    await userEvent.type(
      canvas.getByRole('textbox', { name: 'Message' }),
      'What is the weather in Paris?{Enter}',
    );
    await userEvent.click(await canvas.findByRole('button', { name: /Answer get_weather/ }));
    await expect(await canvas.findByText(/In \*\*Paris\*\* it is like this/)).toBeVisible();
    await expect(await canvas.findByText('idle')).toBeVisible();
  },
};
