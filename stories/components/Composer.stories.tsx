import type { Meta, StoryObj } from '@storybook/react-vite';
import { Composer, FileChip } from 'assistants-react';
import { expect, fn, userEvent } from 'storybook/test';

const meta = {
  component: Composer,
  args: { onSend: fn() },
} satisfies Meta<typeof Composer>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Empty: Story = {};

export const Sending: Story = {
  play: async ({ args, canvas }) => {
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'Hello{Enter}');
    await expect(args.onSend).toHaveBeenCalledWith('Hello');
  },
};

export const WithText: Story = {
  args: { defaultValue: 'What is the weather in Lisbon?', onAttach: fn() },
};

export const LongText: Story = {
  args: {
    defaultValue: Array.from(
      { length: 40 },
      (_, line) => `Line ${line + 1} of a long message`,
    ).join('\n'),
    onAttach: fn(),
  },
};

export const AnswerRunning: Story = { args: { isRunning: true, onStop: fn() } };

export const AnswerRunningWithText: Story = {
  args: { isRunning: true, onStop: fn(), defaultValue: 'One more thing' },
};

export const WithFiles: Story = {
  args: {
    onAttach: fn(),
    hasAttachments: true,
    attachments: (
      <>
        <FileChip name="forecast.pdf" size={482_000} onRemove={() => undefined} />
        <FileChip
          name="video of the trip.mp4"
          status="uploading"
          progress={0.4}
          onRemove={() => undefined}
        />
        <FileChip
          name="broken.csv"
          status="failed"
          onRetry={() => undefined}
          onRemove={() => undefined}
        />
        <FileChip name="before-the-reload.csv" status="failed" onRemove={() => undefined} />
      </>
    ),
  },
};

export const NearTheLimit: Story = {
  args: { maxLength: 60, defaultValue: 'There is not much room left in this message.' },
};

export const OverTheLimit: Story = {
  args: { maxLength: 20, defaultValue: 'This text is longer than what may be sent.' },
};

export const NotSent: Story = {
  args: { onSend: fn(() => Promise.reject(new Error('offline'))), defaultValue: 'Never lost' },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Send message' }));
    await expect(await canvas.findByText(/not sent/)).toBeVisible();
    await expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveValue('Never lost');
  },
};

export const Disabled: Story = { args: { isDisabled: true, defaultValue: 'Writing goes on' } };

export const RightToLeft: Story = {
  args: { defaultValue: 'ما حالة الطقس؟', onAttach: fn() },
  render: (args) => (
    <div dir="rtl">
      <Composer {...args} />
    </div>
  ),
};
