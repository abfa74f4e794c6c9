import type { Meta, StoryObj } from '@storybook/react-vite';
import { getMessageText, useConversation } from 'assistants-react';
import { useId, useState, type ReactElement } from 'react';
import { expect, userEvent } from 'storybook/test';
import { openStage, withBackend } from '../withBackend.js';

interface BareChatProps {
  assistantId?: string;
  threadId?: string;
}

/** A chat of nothing but the hook: no part, no stylesheet of ours. */
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
      {conversation.toolCalls.map((call) => (
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
        <label htmlFor={id}>Say</label>{' '}
        <input id={id} value={text} onChange={(event) => setText(event.target.value)} />{' '}
        <button type="submit">Send</button>
      </form>
    </div>
  );
}

/** The whole chat as a hook: messages, status, run, calls that wait, and what a person can do. The look is all yours. */
const meta = {
  title: 'Hooks/useConversation',
  component: BareChat,
  loaders: [openStage],
  decorators: [withBackend],
  parameters: { box: { height: 'auto' } },
} satisfies Meta<typeof BareChat>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Bare: Story = {
  play: async ({ canvas }) => {
    await userEvent.type(canvas.getByRole('textbox', { name: 'Say' }), 'My name is Ada{Enter}');
    await expect(await canvas.findByText(/Nice to meet you/)).toBeVisible();
  },
};

export const WithACall: Story = {
  play: async ({ canvas }) => {
    await userEvent.type(
      canvas.getByRole('textbox', { name: 'Say' }),
      'What is the weather in Paris?{Enter}',
    );
    await userEvent.click(await canvas.findByRole('button', { name: /Answer get_weather/ }));
    await expect(await canvas.findByText(/In \*\*Paris\*\* it is like this/)).toBeVisible();
    await expect(await canvas.findByText('idle')).toBeVisible();
  },
};
