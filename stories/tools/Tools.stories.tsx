import type { Meta, StoryObj } from '@storybook/react-vite';
import { defineTool, ThreadView } from 'assistants-react';
import type { ScriptedLine } from 'assistants-react/backend';
import { SchemaForm } from 'assistants-react/schema-form';
import { expect, userEvent, waitFor } from 'storybook/test';
import {
  getLog,
  createStoryBackend,
  waitForStatus,
  sendMessage,
  withBackend,
} from '../withBackend.js';
import { bookTable, getWeather, pickSeat, reviewOffer, sendMail } from './tools.js';

/** Function calls in a thread: with a handler, with an approval, or answered by the user. */
const meta = {
  title: 'Tools/In a thread',
  component: ThreadView,
  loaders: [createStoryBackend],
  decorators: [withBackend],
  parameters: { box: { height: 640 }, provider: { components: { SchemaForm } } },
} satisfies Meta<typeof ThreadView>;

export default meta;
type Story = StoryObj<typeof meta>;

const mail = {
  call: 'send_mail',
  with: { to: 'ann@example.org', subject: 'Dinner on Friday', urgent: false },
};
const offer = { call: 'review_offer', with: { offer: '40 chairs, used, for 900 euros' } };

/** Parameters of a story whose model makes calls, then repeats their outputs. */
const createCalls = (...calls: ScriptedLine[]) => ({
  backend: {
    scenario: [
      {
        say: calls,
        after: ({ outputs }: { outputs: readonly { output: string }[] }) =>
          outputs.map(({ output }) => `I received: ${output}`).join('\n\n'),
      },
    ],
  },
});

export const Automatic: Story = {
  args: { tools: [getWeather] },
  parameters: {
    backend: {
      scenario: [
        {
          say: { call: 'get_weather', with: { city: 'Paris' } },
          after: 'It is 18 degrees in Paris, and clear.',
        },
      ],
    },
  },
  play: async ({ canvasElement }) => {
    await sendMessage(canvasElement, 'How is the weather in Paris?');
    await waitForStatus(canvasElement, 'completed');
    await expect(await getLog(canvasElement).findByText(/18 degrees/)).toBeVisible();
  },
};

export const StreamingArguments: Story = {
  args: { tools: [sendMail] },
  parameters: createCalls(
    { event: { type: 'toolCall', name: 'send_mail' } },
    { event: { type: 'arguments', text: '{"to":"ann@example.org","subject":"Dinner on Fr' } },
    { stall: true },
  ),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Write to Ann');
    await expect(await canvas.findByText('Dinner on Fr')).toBeVisible();
  },
};

export const NeedsApproval: Story = {
  args: { tools: [sendMail] },
  parameters: createCalls(mail),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Write to Ann');
    await expect(await canvas.findByRole('form', { name: 'Send an email?' })).toBeVisible();
  },
};

/** The line of a call whose tool is always allowed has a button that ends it. */
export const AlwaysAllowed: Story = {
  args: { tools: [sendMail] },
  parameters: createCalls(mail),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Write to Ann');
    await userEvent.click(await canvas.findByRole('button', { name: 'Always allow' }));
    await waitForStatus(canvasElement, 'completed');
    await userEvent.click(await canvas.findByText('Send an email'));
    await expect(await canvas.findByText('Always allowed.')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Ask again' }));
    await expect(canvas.queryByText('Always allowed.')).toBeNull();
  },
};

export const EditedArguments: Story = {
  args: { tools: [sendMail] },
  parameters: createCalls(mail),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Write to Ann');
    await userEvent.click(await canvas.findByRole('button', { name: 'Edit' }));
    const subject = await canvas.findByRole('textbox', { name: 'Subject' });
    await userEvent.clear(subject);
    await userEvent.type(subject, 'Lunch on Friday');
    await userEvent.click(canvas.getByRole('button', { name: 'Allow once' }));
    const answer = await getLog(canvasElement).findByText(/received: .*edited_arguments/);
    // The address is a link, so the answer consists of several elements.
    await waitFor(() => expect(answer.closest('p')).toHaveTextContent(/Lunch on Friday/));
  },
};

export const Denied: Story = {
  args: { tools: [sendMail] },
  parameters: createCalls(mail),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Write to Ann');
    await userEvent.click(await canvas.findByRole('button', { name: 'Add a reason' }));
    await userEvent.keyboard('I will call her instead.');
    await userEvent.click(canvas.getByRole('button', { name: 'Deny' }));
    await expect(
      await getLog(canvasElement).findByText(/received: .*"code":"denied"/),
    ).toBeVisible();
  },
};

export const AnsweredByUser: Story = {
  args: { tools: [reviewOffer] },
  parameters: createCalls(offer),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Is the offer good?');
    await userEvent.selectOptions(
      await canvas.findByRole('combobox', { name: 'Verdict' }),
      'negotiate',
    );
    await userEvent.type(canvas.getByRole('spinbutton', { name: 'Highest price' }), '800');
    await userEvent.type(canvas.getByRole('textbox', { name: /^Name/ }), 'Bea');
  },
};

export const FormWithProblems: Story = {
  args: { tools: [reviewOffer] },
  parameters: createCalls(offer),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Is the offer good?');
    await userEvent.type(await canvas.findByRole('textbox', { name: /^Email/ }), 'someone');
    await userEvent.click(canvas.getByRole('button', { name: 'Submit result' }));
    await expect(await canvas.findByText(/Check \d fields/)).toBeVisible();
    await userEvent.click(canvas.getByRole('link', { name: 'Verdict' }));
    await expect(canvas.getByRole('combobox', { name: 'Verdict' })).toHaveFocus();
  },
};

export const QuestionInHandler: Story = {
  args: { tools: [bookTable] },
  parameters: createCalls({ call: 'book_table' }),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'A table for tonight');
    await expect(await canvas.findByText('For how many?')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Send answer' }));
    await expect(
      await getLog(canvasElement).findByText('I received: A table for 2 at eight.'),
    ).toBeVisible();
  },
};

export const Retry: Story = {
  parameters: createCalls({ call: 'upload' }),
  render: (args) => {
    let runCount = 0;
    const upload = defineTool({
      name: 'upload',
      needsApproval: true,
      execute() {
        runCount += 1;
        if (runCount === 1) throw new Error('The disk is full.');
        return 'Uploaded.';
      },
    });
    return <ThreadView {...args} tools={[upload]} />;
  },
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Upload it');
    await userEvent.click(await canvas.findByRole('button', { name: 'Allow once' }));
    await expect(await canvas.findByText('The disk is full.')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }));
    await expect(await getLog(canvasElement).findByText('I received: Uploaded.')).toBeVisible();
  },
};

export const SeveralCalls: Story = {
  args: { tools: [getWeather, sendMail, reviewOffer] },
  parameters: {
    ...createCalls({ call: 'get_weather', with: { city: 'Paris' } }, mail, offer),
    box: { height: 1100 },
  },
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'All of it');
    await expect(await canvas.findByText('1 of 3 ready')).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: 'Allow once' }));
    await expect(await canvas.findByText('2 of 3 ready')).toBeVisible();
  },
};

export const AmbiguousArguments: Story = {
  args: {
    tools: [
      defineTool({
        name: 'send_mail',
        needsApproval: true,
        onInvalidArguments: 'ask',
        inputSchema: { type: 'object' },
        execute: () => 'sent',
      }),
    ],
  },
  parameters: createCalls({
    call: 'send_mail',
    with: '{"to":"ann@example.org","to":"eve@example.org"}',
  }),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Write to Ann');
    await expect(await canvas.findByText(/name a field twice/)).toBeVisible();
  },
};

/** Malformed arguments open in the editor as the model wrote them. */
export const MalformedArguments: Story = {
  args: { tools: [{ ...sendMail, onInvalidArguments: 'ask' }] },
  parameters: createCalls({ call: 'send_mail', with: '{"to":"ann@example.org","subject":' }),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Write to Ann');
    await expect(await canvas.findByRole('textbox', { name: 'Arguments' })).toHaveValue(
      '{"to":"ann@example.org","subject":',
    );
  },
};

/** A handler that never ends. */
export const Running: Story = {
  args: {
    tools: [
      defineTool({
        name: 'search_archive',
        execute: () => new Promise(() => undefined),
      }),
    ],
  },
  parameters: createCalls({ call: 'search_archive', with: { words: 'chairs' } }),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Look for chairs');
    await expect(await canvas.findByText('running')).toBeVisible();
  },
};

/** A function without a tool: the user provides the output. */
export const UnknownFunction: Story = {
  args: { tools: [getWeather] },
  parameters: createCalls({ call: 'get_time', with: { city: 'Tokyo' } }),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'What time is it in Tokyo?');
    await expect(await canvas.findByRole('form', { name: 'Result of get_time' })).toBeVisible();
  },
};

export const ReadyToSubmit: Story = {
  args: { tools: [getWeather, sendMail], toolOptions: { submit: 'manual' } },
  parameters: createCalls({ call: 'get_weather', with: { city: 'Paris' } }, mail),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'The weather, and write to Ann');
    await userEvent.click(await canvas.findByRole('button', { name: 'Allow once' }));
    await expect(await canvas.findByText('2 of 2 ready')).toBeVisible();
    await waitFor(() =>
      expect(canvas.getByRole('button', { name: 'Submit 2 results' })).toHaveFocus(),
    );
  },
};

/** The calls keep the submitted outputs. */
export const Submitted: Story = {
  args: { tools: [getWeather] },
  parameters: createCalls({ call: 'get_weather', with: { city: 'Paris' } }),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'How is the weather in Paris?');
    await waitForStatus(canvasElement, 'completed');
    await userEvent.click(await canvas.findByText('Look up the weather'));
    await expect((await canvas.findAllByText('degrees'))[0]).toBeVisible();
  },
};

let skippedMs = 0;

export const Expired: Story = {
  args: { tools: [defineTool({ name: 'review_offer' })] },
  parameters: { backend: { ...createCalls(offer).backend, now: () => Date.now() + skippedMs } },
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'Is the offer good?');
    await userEvent.type(await canvas.findByRole('textbox', { name: 'Result' }), 'Let me think');
    skippedMs += 601_000;
    await waitFor(() => expect(canvas.getByText(/The time ran out/)).toBeVisible());
  },
};

export const CustomRender: Story = {
  args: { tools: [pickSeat] },
  parameters: createCalls({ call: 'pick_seat', with: { seats: ['12A', '12C', '14F'] } }),
  play: async ({ canvas, canvasElement }) => {
    await sendMessage(canvasElement, 'A seat, please');
    await userEvent.click(await canvas.findByRole('button', { name: '12C' }));
    await waitForStatus(canvasElement, 'completed');
    await expect(canvas.getAllByText('Seat: 12C').at(-1)).toBeVisible();
  },
};
