import type { Meta, StoryObj } from '@storybook/react-vite';
import {
  Composer,
  ComposerDictation,
  ComposerForm,
  ComposerHint,
  ComposerInput,
  ComposerStop,
  ComposerTriggers,
  FileChip,
  type ComposerTrigger,
} from 'assistants-react';
import { useState, type ReactElement } from 'react';
import { expect, fn, userEvent } from 'storybook/test';

const chart = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120"><path d="M0 0H320V120H0z" fill="#dfe7f3"/><path d="M10 100 L90 60 L170 80 L310 20" fill="none" stroke="#36c" stroke-width="6"/></svg>')}`;

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
        <FileChip name="chart.svg" thumbnailUrl={chart} onRemove={() => undefined} />
        <FileChip
          name="upload.svg"
          status="uploading"
          progress={0.4}
          thumbnailUrl={chart}
          onRemove={() => undefined}
        />
        <FileChip
          name="broken.svg"
          status="failed"
          thumbnailUrl={chart}
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
  args: { maxLength: 20, defaultValue: 'This text is longer than the limit.' },
};

export const NotSent: Story = {
  args: { onSend: fn(() => Promise.reject(new Error('offline'))), defaultValue: 'Not lost' },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Send message' }));
    await expect(await canvas.findByText(/^Not sent/)).toBeVisible();
    await expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveValue('Not lost');
  },
};

/** Sending is disabled. */
export const Disabled: Story = {
  args: { isDisabled: true, defaultValue: 'The text can still be edited' },
};

export const RightToLeft: Story = {
  args: { defaultValue: 'ما حالة الطقس؟', onAttach: fn() },
  render: (args) => (
    <div dir="rtl">
      <Composer {...args} />
    </div>
  ),
};

function ConfirmingComposer({ onStop }: { onStop: () => void }): ReactElement {
  const [isConfirming, setIsConfirming] = useState(false);
  return (
    <ComposerForm onSend={() => false} isRunning onStop={onStop}>
      <div className="assistants-composer-field">
        <ComposerInput />
        <div className="assistants-composer-buttons">
          {isConfirming && <output>Press again to stop.</output>}
          <ComposerStop
            onClick={(event) => {
              if (!isConfirming) event.preventPartHandler();
              setIsConfirming(!isConfirming);
            }}
          />
        </div>
      </div>
      <ComposerHint />
    </ComposerForm>
  );
}

const onConfirmedStop = fn();

/** A click handler that prevents the handler of the part: the first click on the stop button asks for confirmation. */
export const ConfirmStop: Story = {
  render: () => <ConfirmingComposer onStop={onConfirmedStop} />,
  play: async ({ canvas }) => {
    onConfirmedStop.mockClear();
    const stop = canvas.getByRole('button', { name: 'Stop answer' });
    await userEvent.click(stop);
    await expect(onConfirmedStop).not.toHaveBeenCalled();
    await expect(canvas.getByText('Press again to stop.')).toBeVisible();
    await userEvent.click(stop);
    await expect(onConfirmedStop).toHaveBeenCalledOnce();
  },
};

const people: ComposerTrigger[] = [
  {
    char: '@',
    items: (query) =>
      [
        { id: 'ann', label: 'Ann', description: 'Kitchen' },
        { id: 'bob', label: 'Bob', description: 'Garden' },
      ].filter(({ label }) => label.toLowerCase().startsWith(query.toLowerCase())),
  },
];

/** A list of choices opens at `@`. The microphone is there if the browser recognizes speech. */
export const Mentions: Story = {
  args: {
    children: (
      <>
        <ComposerTriggers triggers={people} />
        <ComposerDictation />
      </>
    ),
  },
  decorators: [
    (Story) => (
      <div style={{ paddingBlockStart: 140 }}>
        <Story />
      </div>
    ),
  ],
  play: async ({ canvas }) => {
    const field = canvas.getByRole('textbox', { name: 'Message' });
    await userEvent.type(field, 'Ask @');
    await expect(await canvas.findByRole('option', { name: /Bob/ })).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    await expect(canvas.getByRole('option', { name: /Bob/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  },
};
