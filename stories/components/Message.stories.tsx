import type { Meta, StoryObj } from '@storybook/react-vite';
import { ErrorNotice, Message, MessageActions, MessageEditor } from 'assistants-react';
import { expect, userEvent } from 'storybook/test';
import { message, richMarkdown } from '../fixtures.js';

const cited =
  'The forecast expects rain on Sunday【4:0†source】 and a dry start of the week【4:1†source】. The details are in [the table](sandbox:/mnt/data/table.csv).';

const meta = {
  component: Message,
  args: { message: message({ text: richMarkdown }) },
  render: (args) => (
    <div style={{ maxInlineSize: '46rem', marginInline: 'auto' }}>
      <Message {...args} />
    </div>
  ),
} satisfies Meta<typeof Message>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Assistant: Story = {
  args: {
    actions: <MessageActions message={message({ text: richMarkdown })} onRetry={() => undefined} />,
  },
};

export const User: Story = {
  args: {
    message: message({
      role: 'user',
      text: 'What is the weather in Lisbon this weekend?\nAnd what should I pack?',
    }),
  },
};

/** Answer that the user can copy, regenerate and rate. */
export const WithActions: Story = {
  args: {
    message: message({ text: 'Two days of sun, and rain on Sunday.' }),
    actions: (
      <MessageActions
        message={message({ text: 'Two days of sun.' })}
        onRegenerate={() => undefined}
      >
        <Message.Feedback onFeedback={() => undefined} />
      </MessageActions>
    ),
  },
};

/** Message of the user in the editor. */
export const Editing: Story = {
  args: {
    message: message({ role: 'user', text: 'What is the weather in Lisbon?' }),
    editor: (
      <MessageEditor
        text="What is the weather in Lisbon?"
        onSave={() => undefined}
        onCancel={() => undefined}
      />
    ),
    actions: (
      <MessageActions message={message({ role: 'user' })} onEdit={() => undefined} isEditing />
    ),
  },
};

export const UserWithFiles: Story = {
  args: {
    message: message({
      role: 'user',
      text: 'Please read these.',
      attachments: [
        { file_id: 'file-1', tools: [] },
        { file_id: 'file-2', tools: [] },
      ],
    }),
    resolveFile: (fileId) => ({
      name:
        fileId === 'file-1'
          ? 'forecast.pdf'
          : 'a very long name of a file that does not fit into its chip.csv',
    }),
    onDownload: () => undefined,
  },
};

export const StreamingWithoutContent: Story = {
  args: { message: message({ content: [], status: 'in_progress' }), isStreaming: true },
};

export const Streaming: Story = {
  args: {
    message: message({ text: 'Tomorrow will be **mostly', status: 'in_progress' }),
    isStreaming: true,
  },
};

export const Sending: Story = {
  args: { message: message({ role: 'user', text: 'On its way' }), delivery: 'sending' },
};

export const NotSent: Story = {
  args: {
    message: message({ role: 'user', text: 'This did not arrive.' }),
    delivery: 'failed',
    notice: (
      <ErrorNotice
        error={{ kind: 'network', message: 'Failed to fetch' }}
        onRetry={() => undefined}
      />
    ),
  },
};

export const Citations: Story = {
  args: {
    message: message({
      content: [
        {
          type: 'text',
          text: {
            value: cited,
            annotations: [
              {
                type: 'file_citation',
                text: '【4:0†source】',
                start_index: 36,
                end_index: 48,
                file_citation: { file_id: 'file-1', quote: 'Rain is likely from noon on.' },
              },
              {
                type: 'file_citation',
                text: '【4:1†source】',
                start_index: 0,
                end_index: 0,
                file_citation: { file_id: 'file-2' },
              },
              {
                type: 'file_path',
                text: 'sandbox:/mnt/data/table.csv',
                start_index: 0,
                end_index: 0,
                file_path: { file_id: 'file-3' },
              },
            ],
          },
        },
      ],
    }),
    resolveFile: (fileId) => ({ name: fileId === 'file-1' ? 'forecast.pdf' : 'climate.md' }),
    onDownload: () => undefined,
  },
};

export const Refusal: Story = {
  args: {
    message: message({ content: [{ type: 'refusal', refusal: 'I cannot help with that.' }] }),
  },
};

export const Incomplete: Story = {
  args: {
    message: message({
      text: 'The three reasons are: first, the',
      status: 'incomplete',
      incomplete_details: { reason: 'max_tokens' },
    }),
  },
};

export const StoppedByUser: Story = {
  args: {
    message: message({
      text: 'Let me begin with',
      status: 'incomplete',
      incomplete_details: { reason: 'run_cancelled' },
    }),
  },
};

export const Images: Story = {
  args: {
    message: message({
      content: [
        {
          type: 'text',
          text: { value: 'Here is the chart, and a remote image.', annotations: [] },
        },
        { type: 'image_file', image_file: { file_id: 'file-1' } },
        { type: 'image_file', image_file: { file_id: 'file-2' } },
        { type: 'image_url', image_url: { url: 'https://img.example/photo.jpg' } },
      ],
    }),
    resolveFile: (fileId) =>
      fileId === 'file-1'
        ? {
            name: 'chart.svg',
            size: 2_400,
            url: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120"><path d="M10 100 L90 60 L170 80 L310 20" fill="none" stroke="gray" stroke-width="4"/></svg>')}`,
          }
        : { name: 'missing.png' },
    onDownload: () => undefined,
  },
};

/** The first sources, and a button for the others. */
export const ManySources: Story = {
  args: {
    message: message({
      content: [
        {
          type: 'text',
          text: {
            value: 'It rains【1】【2】【3】【4】【5】.',
            annotations: [1, 2, 3, 4, 5].map((number) => ({
              type: 'file_citation',
              text: `【${number}】`,
              start_index: 5 + 3 * number,
              end_index: 8 + 3 * number,
              file_citation: { file_id: `file-${number}`, quote: `Rain on day ${number}.` },
            })),
          },
        },
      ],
    }),
    resolveFile: (id) => ({ name: `forecast of ${id}.pdf` }),
    onDownload: () => undefined,
  },
  play: async ({ canvas }) => {
    await userEvent.hover(canvas.getByRole('button', { name: 'Source 2' }));
  },
};

/** Opens with a click on the image. */
export const ImageViewer: Story = {
  args: Images.args ?? {},
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'chart.svg' }));
    await expect(canvas.getByRole('dialog', { name: 'chart.svg' })).toBeVisible();
    await expect(canvas.getByRole('button', { name: 'Download chart.svg' })).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Zoom in' }));
    await expect(canvas.getByRole('button', { name: 'Zoom out' })).toBeEnabled();
  },
};

/** A question with a photo and a file, and an answer with a file that the assistant has made. */
export const MadeFile: Story = {
  args: {
    message: message({
      content: [
        {
          type: 'text',
          text: {
            value: 'I have added the totals: [totals.csv](sandbox:/mnt/data/totals.csv)',
            annotations: [
              {
                type: 'file_path',
                text: 'sandbox:/mnt/data/totals.csv',
                start_index: 38,
                end_index: 66,
                file_path: { file_id: 'file-1' },
              },
            ],
          },
        },
      ],
    }),
    resolveFile: () => ({ name: 'totals.csv', size: 1_840 }),
    onDownload: () => undefined,
  },
};

export const QuestionWithImage: Story = {
  args: {
    ...Images.args,
    message: message({
      role: 'user',
      file_ids: ['file-2'],
      content: [
        { type: 'text', text: { value: 'What does the chart show?', annotations: [] } },
        { type: 'image_file', image_file: { file_id: 'file-1' } },
      ],
    }),
  },
};

export const UnknownContent: Story = {
  args: { message: message({ content: JSON.parse('[{"type":"hologram","hologram":{}}]') as [] }) },
};

export const LongWord: Story = {
  args: { message: message({ role: 'user', text: 'https://example.org/'.padEnd(600, 'x') }) },
};

/** Parts of a message in another composition: a name above the text, and no time. */
export const ComposedParts: Story = {
  args: { message: message({ text: 'Sunny, with a light breeze.', file_ids: ['file-1'] }) },
  render: ({ message: given }) => (
    <Message.Root message={given} resolveFile={() => ({ name: 'forecast.pdf' })}>
      <Message.Avatar>
        <span aria-hidden>☀</span>
      </Message.Avatar>
      <Message.Body>
        <strong>Weather assistant</strong>
        <Message.Parts />
        <Message.Attachments />
      </Message.Body>
      <Message.Footer>
        <Message.Actions>
          <Message.Feedback onFeedback={() => undefined} />
        </Message.Actions>
      </Message.Footer>
    </Message.Root>
  ),
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Weather assistant')).toBeVisible();
    await expect(canvas.getByText('forecast.pdf')).toBeVisible();
    await expect(canvas.getByRole('button', { name: 'Good answer' })).toBeInTheDocument();
  },
};

/** `render` as a function of the props and the state. */
export const RenderWithState: Story = {
  args: { message: message({ text: 'Rendered as a list item.' }) },
  render: ({ message: given }) => (
    <ul style={{ listStyle: 'none' }}>
      <Message
        message={given}
        render={(props, { role, status }) => <li {...props} data-summary={`${role}, ${status}`} />}
      />
    </ul>
  ),
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('listitem')).toHaveAttribute(
      'data-summary',
      'assistant, completed',
    );
  },
};
