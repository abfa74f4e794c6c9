import type { Meta, StoryObj } from '@storybook/react-vite';
import { defineTool, ThreadView } from 'assistants-react';
import type { ScriptedLine } from 'assistants-react/backend';
import { SchemaForm } from 'assistants-react/schema-form';
import { expect, userEvent, waitFor } from 'storybook/test';
import { log, openStage, reach, say, withBackend } from '../withBackend.js';
import { bookTable, getWeather, pickSeat, reviewOffer, sendMail } from './tools.js';

/** Functions that run, ask, or wait for a person, from the first letter of a call to its result. */
const meta = {
  title: 'Tools/In a thread',
  component: ThreadView,
  loaders: [openStage],
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

/** Calls functions, then tells what came of them. */
const calling = (...calls: ScriptedLine[]) => ({
  backend: {
    scenario: [
      {
        say: calls,
        after: ({ outputs }: { outputs: readonly { output: string }[] }) =>
          outputs.map(({ output }) => `I was told: ${output}`).join('\n\n'),
      },
    ],
  },
});

export const Auto: Story = {
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
    await say(canvasElement, 'How is the weather in Paris?');
    await reach(canvasElement, 'completed');
    await expect(log(canvasElement).getByText(/18 degrees/)).toBeVisible();
  },
};

export const StreamingArguments: Story = {
  args: { tools: [sendMail] },
  parameters: calling(
    { event: { type: 'toolCall', name: 'send_mail' } },
    { event: { type: 'arguments', text: '{"to":"ann@example.org","subject":"Dinner on Fr' } },
    { stall: true },
  ),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'Write to Ann');
    await expect(await canvas.findByText('Dinner on Fr')).toBeVisible();
  },
};

export const Confirm: Story = {
  args: { tools: [sendMail] },
  parameters: calling(mail),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'Write to Ann');
    await expect(await canvas.findByRole('form', { name: 'send_mail wants to run' })).toBeVisible();
  },
};

export const ConfirmWithChanges: Story = {
  args: { tools: [sendMail] },
  parameters: calling(mail),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'Write to Ann');
    await userEvent.click(await canvas.findByRole('button', { name: 'Edit' }));
    const subject = await canvas.findByRole('textbox', { name: 'Subject' });
    await userEvent.clear(subject);
    await userEvent.type(subject, 'Lunch on Friday');
    await userEvent.click(canvas.getByRole('button', { name: 'Run' }));
    await expect(
      await log(canvasElement).findByText(/told: .*edited_arguments.*Lunch on Friday/),
    ).toBeVisible();
  },
};

export const Denied: Story = {
  args: { tools: [sendMail] },
  parameters: calling(mail),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'Write to Ann');
    await userEvent.click(await canvas.findByRole('button', { name: 'Deny' }));
    await userEvent.keyboard('I will call her instead.');
    await userEvent.click(canvas.getByRole('button', { name: 'Deny call' }));
    await expect(await log(canvasElement).findByText(/told: .*"code":"denied"/)).toBeVisible();
  },
};

export const Human: Story = {
  args: { tools: [reviewOffer] },
  parameters: calling(offer),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'Is the offer good?');
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
  parameters: calling(offer),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'Is the offer good?');
    await userEvent.type(await canvas.findByRole('textbox', { name: /^Mail/ }), 'nobody');
    await userEvent.click(canvas.getByRole('button', { name: 'Submit result' }));
    await expect(await canvas.findByText(/Check \d fields/)).toBeVisible();
    await userEvent.click(canvas.getByRole('link', { name: 'Verdict' }));
    await expect(canvas.getByRole('combobox', { name: 'Verdict' })).toHaveFocus();
  },
};

export const AsksInTheMiddle: Story = {
  args: { tools: [bookTable] },
  parameters: calling({ call: 'book_table' }),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'A table for tonight');
    await expect(await canvas.findByText('For how many?')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Send answer' }));
    await expect(
      await log(canvasElement).findByText('I was told: A table for 2 at eight.'),
    ).toBeVisible();
  },
};

export const FailsAndIsTriedAgain: Story = {
  parameters: calling({ call: 'upload' }),
  render: (args) => {
    let tries = 0;
    const upload = defineTool({
      name: 'upload',
      run: 'confirm',
      execute() {
        tries += 1;
        if (tries === 1) throw new Error('The disk is full.');
        return 'Uploaded.';
      },
    });
    return <ThreadView {...args} tools={[upload]} />;
  },
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'Upload it');
    await userEvent.click(await canvas.findByRole('button', { name: 'Run' }));
    await expect(await canvas.findByText('The disk is full.')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }));
    await expect(await log(canvasElement).findByText('I was told: Uploaded.')).toBeVisible();
  },
};

export const SeveralAtOnce: Story = {
  args: { tools: [getWeather, sendMail, reviewOffer] },
  parameters: {
    ...calling({ call: 'get_weather', with: { city: 'Paris' } }, mail, offer),
    box: { height: 1100 },
  },
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'All of it');
    await expect(await canvas.findByText('1 of 3 ready')).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: 'Run' }));
    await expect(await canvas.findByText('2 of 3 ready')).toBeVisible();
  },
};

export const ArgumentsThatDoNotFit: Story = {
  args: {
    tools: [
      defineTool({
        name: 'send_mail',
        run: 'confirm',
        onInvalidArguments: 'ask',
        parameters: { type: 'object' },
        execute: () => 'sent',
      }),
    ],
  },
  parameters: calling({
    call: 'send_mail',
    with: '{"to":"ann@example.org","to":"eve@example.org"}',
  }),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'Write to Ann');
    await expect(await canvas.findByText(/name a field twice/)).toBeVisible();
  },
};

/** Text that is no JSON stands in the editor as it was written, to be mended. */
export const ArgumentsThatAreNoJson: Story = {
  args: { tools: [{ ...sendMail, onInvalidArguments: 'ask' }] },
  parameters: calling({ call: 'send_mail', with: '{"to":"ann@example.org","subject":' }),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'Write to Ann');
    await expect(await canvas.findByRole('textbox', { name: 'Arguments' })).toHaveValue(
      '{"to":"ann@example.org","subject":',
    );
  },
};

/** It can be stopped by denying it, as long as the run waits. */
export const Running: Story = {
  args: {
    tools: [
      defineTool({
        name: 'search_archive',
        run: 'auto',
        execute: () => new Promise(() => undefined),
      }),
    ],
  },
  parameters: calling({ call: 'search_archive', with: { words: 'chairs' } }),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'Look for chairs');
    await expect(await canvas.findByText('running')).toBeVisible();
  },
};

/** A function that nobody here defined: a person gives its result. */
export const UnknownFunction: Story = {
  args: { tools: [getWeather] },
  parameters: calling({ call: 'get_time', with: { city: 'Tokyo' } }),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'What time is it in Tokyo?');
    await expect(
      await canvas.findByRole('form', { name: 'get_time needs a result' }),
    ).toBeVisible();
  },
};

export const ReadyToSubmit: Story = {
  args: { tools: [getWeather, sendMail], toolOptions: { submit: 'manual' } },
  parameters: calling({ call: 'get_weather', with: { city: 'Paris' } }, mail),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'The weather, and write to Ann');
    await userEvent.click(await canvas.findByRole('button', { name: 'Run' }));
    await expect(await canvas.findByText('2 of 2 ready')).toBeVisible();
    await waitFor(() =>
      expect(canvas.getByRole('button', { name: 'Submit 2 results' })).toHaveFocus(),
    );
  },
};

/** What was sent stays with the steps, readable. */
export const Submitted: Story = {
  args: { tools: [getWeather] },
  parameters: calling({ call: 'get_weather', with: { city: 'Paris' } }),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'How is the weather in Paris?');
    await reach(canvasElement, 'completed');
    await userEvent.click(await canvas.findByText(/2 steps/));
    await userEvent.click(await canvas.findByText(/Called get_weather/));
    await expect((await canvas.findAllByText('degrees'))[0]).toBeVisible();
  },
};

let now = Date.now();

export const ExpiresInFrontOfThePerson: Story = {
  args: { tools: [defineTool({ name: 'review_offer', run: 'human' })] },
  parameters: { backend: { ...calling(offer).backend, now: () => now } },
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'Is the offer good?');
    await userEvent.type(await canvas.findByRole('textbox', { name: 'Result' }), 'Let me think');
    now += 601_000;
    await waitFor(() => expect(canvas.getByText(/The time ran out/)).toBeVisible(), {
      timeout: 14_000,
    });
  },
};

export const OwnRendering: Story = {
  args: { tools: [pickSeat] },
  parameters: calling({ call: 'pick_seat', with: { seats: ['12A', '12C', '14F'] } }),
  play: async ({ canvas, canvasElement }) => {
    await say(canvasElement, 'A seat, please');
    await userEvent.click(await canvas.findByRole('button', { name: '12C' }));
    await reach(canvasElement, 'completed');
    await expect(canvas.getAllByText('Seat: 12C').at(-1)).toBeVisible();
  },
};
