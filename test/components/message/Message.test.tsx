import {
  ComponentsProvider,
  Message,
  MessageActions,
  MessageList,
  type MessageProps,
} from 'assistants-react';
import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { message, noon } from '../../../stories/fixtures.js';

type Content = MessageProps['message']['content'];

test('says who speaks', () => {
  render(<Message message={message({ role: 'user' })} />);
  expect(screen.getByRole('article', { name: 'You' })).toHaveTextContent('Hello.');
});

test("the person's own words are shown as typed", () => {
  render(<Message message={message({ role: 'user', text: '**not bold**\n<b>' })} />);
  expect(screen.getByText(/\*\*not bold\*\*/)).toHaveTextContent('**not bold** <b>');
});

test('citations become numbers with a list of sources, and no raw mark is left', async () => {
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

test('a path in the sandbox becomes a download through the API', async () => {
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

test('content of an unknown type becomes a placeholder', () => {
  const content = JSON.parse(
    '[{"type":"hologram"},{"type":"text","text":{"value":"and text"}}]',
  ) as Content;
  render(<Message message={message({ content })} />);
  expect(screen.getByText('hologram')).toBeInTheDocument();
  expect(screen.getByText('and text')).toBeInTheDocument();
});

test('content types can be shown in your own way', () => {
  render(<Message message={message()} renderers={{ text: () => <i>mine</i> }} />);
  expect(screen.getByText('mine')).toBeInTheDocument();
});

test('a remote image waits for consent, an image of a file is shown where it can be resolved', async () => {
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
  ['max_tokens', /reached its length limit.*go on/],
  ['run_expired', /took too long.*Try again/],
] as const)('an answer cut short by %s says why and what to do', (reason, words) => {
  render(<Message message={message({ status: 'incomplete', incomplete_details: { reason } })} />);
  expect(screen.getByText(words)).toBeInTheDocument();
});

test('files of both versions are listed, each once', () => {
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

test('the copy action copies the words without marks', async () => {
  const user = userEvent.setup();
  render(<MessageActions message={message({ text: 'Yes【4:0†source】.' })} />);
  await user.click(screen.getByRole('button', { name: 'Copy' }));
  expect(await navigator.clipboard.readText()).toBe('Yes.');
});

test('the list is a silent log, busy while a message grows', () => {
  const rows = [{ key: 'a', message: message(), isStreaming: true }];
  const view = render(<MessageList rows={rows} />);
  const log = screen.getByRole('log', { name: 'Conversation' });
  expect(log).toHaveAttribute('aria-busy', 'true');
  expect(log).toHaveAttribute('aria-live', 'off');
  view.rerender(<MessageList rows={[{ key: 'a', message: message() }]} />);
  expect(log).toHaveAttribute('aria-busy', 'false');
});

test('messages of one speaker are grouped, and days are separated', () => {
  const at = (seconds: number, role: 'user' | 'assistant', id: string) => ({
    key: id,
    message: message({ id, role, created_at: noon + seconds }),
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

test('a row keeps its element when its key stays and its message changes', () => {
  const view = render(
    <MessageList
      rows={[{ key: 'a', message: message({ id: 'own', role: 'user' }), delivery: 'sending' }]}
    />,
  );
  const before = screen.getByRole('article');
  expect(before).toHaveTextContent('Sending');
  view.rerender(
    <MessageList rows={[{ key: 'a', message: message({ id: 'msg_9', role: 'user' }) }]} />,
  );
  expect(screen.getByRole('article')).toBe(before);
});

test('texts come from the catalogue, with gaps in English', () => {
  render(
    <ComponentsProvider texts={{ message: { user: 'Du' } }} locale="de">
      <Message message={message({ role: 'user' })} delivery="sending" />
    </ComponentsProvider>,
  );
  expect(screen.getByRole('article', { name: 'Du' })).toHaveTextContent('Sending');
});
