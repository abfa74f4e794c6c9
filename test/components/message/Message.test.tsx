import {
  ComponentsProvider,
  Message,
  MessageActions,
  MessageList,
  type MessageProps,
} from 'assistants-react';
import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { message, noon } from '../../../stories/fixtures.js';

type Content = MessageProps['message']['content'];

test('is named by the role of its author', () => {
  render(<Message message={message({ role: 'user' })} />);
  expect(screen.getByRole('article', { name: 'You' })).toHaveTextContent('Hello.');
});

test('shows a message of the user as typed', () => {
  render(<Message message={message({ role: 'user', text: '**not bold**\n<b>' })} />);
  expect(screen.getByText(/\*\*not bold\*\*/)).toHaveTextContent('**not bold** <b>');
});

test('replaces citation marks with numbers and a list of sources', async () => {
  const value = 'Rain is likely【4:0†source】 on Sunday【4:1†source】.';
  const content: Content = [
    {
      type: 'text',
      text: {
        value,
        annotations: [
          {
            type: 'file_citation',
            text: '【4:0†source】',
            start_index: 14,
            end_index: 26,
            file_citation: { file_id: 'file-1', quote: 'Rain!' },
          },
        ],
      },
    },
  ];
  render(
    <Message
      message={message({ content })}
      resolveFile={(id) => (id === 'file-1' ? { name: 'forecast.pdf' } : undefined)}
    />,
  );
  expect(screen.getByRole('article')).not.toHaveTextContent('【');
  const mark = screen.getByRole('button', { name: 'Source 1' });
  expect(mark).toHaveAccessibleDescription(/forecast\.pdf/);
  await userEvent.click(mark);
  expect(
    within(screen.getByRole('group', { name: 'Sources' })).getByRole('listitem'),
  ).toHaveFocus();
});

test('shows three sources of many, and the others on request', async () => {
  const numbers = [1, 2, 3, 4, 5];
  const downloads: string[] = [];
  const content: Content = [
    {
      type: 'text',
      text: {
        value: numbers.map((number) => `【${number}】`).join(''),
        annotations: numbers.map((number) => ({
          type: 'file_citation',
          text: `【${number}】`,
          start_index: 0,
          end_index: 3,
          file_citation: { file_id: `file-${number}` },
        })),
      },
    },
  ];
  render(
    <Message
      message={message({ content })}
      resolveFile={(id) => ({ name: `${id}.txt` })}
      onDownload={(id) => downloads.push(id)}
    />,
  );
  const getFolded = () =>
    screen.getAllByRole('listitem').filter((item) => item.dataset['folded'] !== undefined);
  expect(screen.getAllByRole('listitem')).toHaveLength(5);
  expect(getFolded()).toHaveLength(2);
  await userEvent.click(screen.getByRole('button', { name: /Show more/ }));
  expect(getFolded()).toHaveLength(0);
  expect(screen.queryByRole('button', { name: /Show more/ })).toBeNull();
  const [preview] = screen.getAllByRole('button', { name: 'Download file-1.txt' });
  await userEvent.click(preview ?? document.body);
  expect(downloads).toEqual(['file-1']);
});

test('turns a sandbox path into a download button', async () => {
  const downloads: string[] = [];
  const path = 'sandbox:/mnt/data/table.csv';
  const value = `Here: [the table](${path}).`;
  const content: Content = [
    {
      type: 'text',
      text: {
        value,
        annotations: [
          {
            type: 'file_path',
            text: path,
            start_index: 0,
            end_index: 1,
            file_path: { file_id: 'file-9' },
          },
        ],
      },
    },
  ];
  const view = render(
    <Message message={message({ content })} onDownload={(id) => downloads.push(id)} />,
  );
  await userEvent.click(screen.getByRole('button', { name: 'the table' }));
  expect(downloads).toEqual(['file-9']);
  view.rerender(<Message message={message({ content })} />);
  expect(screen.queryByRole('button', { name: 'the table' })).toBeNull();
  expect(screen.queryByRole('link')).toBeNull();
});

test('shows a placeholder for content of an unknown type', () => {
  const content = JSON.parse(
    '[{"type":"hologram"},{"type":"text","text":{"value":"and text"}}]',
  ) as Content;
  render(<Message message={message({ content })} />);
  expect(screen.getByText('hologram')).toBeInTheDocument();
  expect(screen.getByText('and text')).toBeInTheDocument();
});

test('renders content with the renderer for its type', () => {
  render(<Message message={message()} renderers={{ text: () => <i>mine</i> }} />);
  expect(screen.getByText('mine')).toBeInTheDocument();
});

test('loads a remote image after consent, and the image of a file if its URL is known', async () => {
  const content: Content = [
    { type: 'image_url', image_url: { url: 'https://img.example/a.png' } },
    { type: 'image_file', image_file: { file_id: 'file-1' } },
  ];
  const { container } = render(
    <Message
      message={message({ content })}
      resolveFile={() => ({ name: 'chart.png', url: 'blob:x' })}
    />,
  );
  expect(container.querySelectorAll('img')).toHaveLength(1);
  expect(screen.getByRole('img', { name: 'chart.png' })).toHaveAttribute('src', 'blob:x');
  await userEvent.click(screen.getByRole('button', { name: 'Load image' }));
  expect(container.querySelector("img[src='https://img.example/a.png']")).toBeInTheDocument();
});

test.each([
  ['max_tokens', 'The answer reached its length limit.'],
  ['run_expired', 'The response timed out.'],
] as const)(
  'explains in one sentence that an answer is incomplete because of %s',
  (reason, text) => {
    render(<Message message={message({ status: 'incomplete', incomplete_details: { reason } })} />);
    expect(screen.getByText(text)).toBeInTheDocument();
  },
);

test('lists the files of both API versions, each once', () => {
  render(
    <Message
      message={message({
        file_ids: ['file-1'],
        attachments: [
          { file_id: 'file-1', tools: [] },
          { file_id: 'file-2', tools: [] },
        ],
      })}
      resolveFile={(id) => ({ name: `${id}.txt` })}
    />,
  );
  expect(
    within(screen.getByRole('list', { name: 'Attached files' })).getAllByRole('listitem'),
  ).toHaveLength(2);
});

test('copies the text without citation marks', async () => {
  const user = userEvent.setup();
  render(<MessageActions message={message({ text: 'Yes【4:0†source】.' })} />);
  await user.click(screen.getByRole('button', { name: 'Copy' }));
  expect(await navigator.clipboard.readText()).toBe('Yes.');
});

test('the list is a log without announcements, busy while a message is streamed', () => {
  const rows = [{ key: 'a', message: message(), isStreaming: true }];
  const view = render(<MessageList rows={rows} />);
  const log = screen.getByRole('log', { name: 'Conversation' });
  expect(log).toHaveAttribute('aria-busy', 'true');
  expect(log).toHaveAttribute('aria-live', 'off');
  view.rerender(<MessageList rows={[{ key: 'a', message: message() }]} />);
  expect(log).toHaveAttribute('aria-busy', 'false');
});

test('groups consecutive messages of one role, and separates days', () => {
  const at = (seconds: number, role: 'user' | 'assistant', id: string) => ({
    key: id,
    message: message({
      id,
      role,
      run_id: role === 'user' ? null : `run_${id}`,
      created_at: noon + seconds,
    }),
  });
  render(
    <ComponentsProvider locale="en-GB">
      <MessageList
        rows={[
          at(-86_400, 'user', 'a'),
          at(0, 'user', 'b'),
          at(60, 'user', 'c'),
          at(90, 'user', 'd'),
          at(99, 'assistant', 'e'),
          at(999, 'assistant', 'f'),
        ]}
      />
    </ComponentsProvider>,
  );
  const groups = screen.getAllByRole('article').map((article) => article.dataset['group']);
  expect(groups).toEqual(['single', 'first', 'middle', 'last', 'single', 'single']);
  expect(screen.getByRole('log')).toHaveTextContent(/19 November 2026|Yesterday|Today/);
});

test('a row keeps its element when its message changes and its key does not', () => {
  const view = render(
    <MessageList
      rows={[{ key: 'a', message: message({ id: 'local', role: 'user' }), delivery: 'sending' }]}
    />,
  );
  const before = screen.getByRole('article');
  expect(before).toHaveTextContent('Sending');
  view.rerender(
    <MessageList rows={[{ key: 'a', message: message({ id: 'msg_9', role: 'user' }) }]} />,
  );
  expect(screen.getByRole('article')).toBe(before);
});

test('uses the texts of the provider, and English for missing ones', () => {
  render(
    <ComponentsProvider texts={{ message: { user: 'Du' } }} locale="de">
      <Message message={message({ role: 'user' })} delivery="sending" />
    </ComponentsProvider>,
  );
  expect(screen.getByRole('article', { name: 'Du' })).toHaveTextContent('Sending');
});

test('the parts of a message can be composed in another order', async () => {
  const onDownload = vi.fn<(fileId: string) => void>();
  const onRegenerate = vi.fn<() => void>();
  render(
    <Message.Root
      message={message({ text: 'Composed', file_ids: ['file-1'] })}
      resolveFile={() => ({ name: 'report.txt' })}
      onDownload={onDownload}
    >
      <Message.Footer>
        <Message.Time />
        <Message.Delivery />
        <Message.Actions onRegenerate={onRegenerate} />
      </Message.Footer>
      <Message.Body>
        <Message.Parts />
        <Message.Caret />
        <Message.Incomplete />
        <Message.Attachments />
      </Message.Body>
    </Message.Root>,
  );
  const article = screen.getByRole('article', { name: 'Assistant' });
  expect([...article.children].map(({ tagName }) => tagName)).toEqual(['SPAN', 'FOOTER', 'DIV']);
  expect(screen.getByText('Composed')).toBeInTheDocument();
  expect(article.querySelectorAll('time')).toHaveLength(1);
  expect(article.querySelector('[data-part="message-delivery"]')).toBeNull();
  expect(article.querySelector('[data-part="caret"]')).toBeNull();
  expect(article.querySelector('[data-part="message-incomplete"]')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Regenerate' }));
  expect(onRegenerate).toHaveBeenCalledOnce();
  await userEvent.click(screen.getByRole('button', { name: /Download report\.txt/ }));
  expect(onDownload).toHaveBeenCalledExactlyOnceWith('file-1');
});

test('a text inside the root has the format of its message', () => {
  const [part] = message({ role: 'user', text: '**as typed**' }).content;
  if (part?.type !== 'text') throw new Error('The message has no text.');
  const { container } = render(
    <Message.Root message={message({ role: 'user', content: [part] })}>
      <Message.Text text={part.text} />
    </Message.Root>,
  );
  expect(container.querySelector('[data-part="message-text"]')).toHaveAttribute(
    'data-format',
    'plain',
  );
});

test('an editor replaces the text, and no other content', () => {
  const content: Content = [
    { type: 'text', text: { value: 'Old text', annotations: [] } },
    { type: 'image_file', image_file: { file_id: 'file-1' } },
  ];
  const { container } = render(
    <Message message={message({ role: 'user', content })} editor={<p>Editor</p>} />,
  );
  expect(screen.getByText('Editor')).toBeInTheDocument();
  expect(screen.queryByText('Old text')).toBeNull();
  expect(container.querySelector('[data-part="message-image"]')).toBeInTheDocument();
});

test.each([
  ['Message.Time', () => <Message.Time />, 'Message.Time must be used inside <Message.Root>.'],
  ['Message.Actions', () => <Message.Actions />, 'Message.Actions needs a message.'],
])('%s without a message throws an error that tells what to do', (_name, renderPart, text) => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(() => render(renderPart())).toThrow(text);
  vi.restoreAllMocks();
});
