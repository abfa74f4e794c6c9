import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { createTestHarness, findErrorNotice, createErrorResponse } from '../createTestHarness.js';

type Annotation = {
  type: string;
  text: string;
  start_index: number;
  end_index: number;
  [kind: string]: unknown;
};

/** Opens a thread whose answer has annotations. `files` are the names of the files on the server, by id. */
async function openAnswer(text: string, annotations: Annotation[], files: Record<string, string>) {
  const harness = createTestHarness();
  const threadId = await harness.createThread('Question');
  const answer = {
    id: 'msg_answer',
    object: 'thread.message',
    created_at: 1_795_176_000,
    thread_id: threadId,
    role: 'assistant',
    assistant_id: null,
    run_id: null,
    status: 'completed',
    file_ids: [],
    metadata: {},
    content: [{ type: 'text', text: { value: text, annotations } }],
  };
  const downloads: string[] = [];
  harness.intercept(async (request) => {
    const { pathname } = new URL(request.url);
    const [, fileId = '', content] = /\/files\/([^/]+)(\/content)?$/.exec(pathname) ?? [];
    if (content !== undefined && fileId === 'file-gone')
      return createErrorResponse(404, 'No such file.');
    if (content !== undefined) {
      downloads.push(fileId);
      return new Response('a,b');
    }
    if (fileId in files)
      return Response.json({
        id: fileId,
        object: 'file',
        bytes: 3,
        created_at: 1,
        filename: files[fileId],
        purpose: 'assistants',
        status: 'processed',
      });
    if (pathname.endsWith('/messages'))
      return Response.json({
        object: 'list',
        data: [answer],
        first_id: answer.id,
        last_id: answer.id,
        has_more: false,
      });
    return undefined;
  });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant(), threadId });
  await waitFor(() =>
    expect(document.querySelector('[data-part="message"][data-role="assistant"]')).not.toBeNull(),
  );
  return { user, downloads };
}

const cite = (text: string, fileId: string, more: object = {}): Annotation => ({
  type: 'file_citation',
  text,
  start_index: 0,
  end_index: 0,
  file_citation: { file_id: fileId, ...more },
});

const linkTo = (path: string, fileId: string): Annotation => ({
  type: 'file_path',
  text: path,
  start_index: 0,
  end_index: 0,
  file_path: { file_id: fileId },
});

it('shows the name of a cited file and the quote, which version 1 has', async () => {
  const { user } = await openAnswer(
    'It rains【4:0†source】.',
    [cite('【4:0†source】', 'file-1', { quote: 'Rain on Sunday' })],
    { 'file-1': 'forecast.pdf' },
  );
  const mark = await screen.findByRole('button', { name: 'Source 1' });
  await waitFor(() => expect(mark).toHaveAccessibleDescription(/forecast\.pdf.*Rain on Sunday/), {
    interval: 5,
  });
  await user.click(mark);
  expect(
    within(screen.getByRole('group', { name: 'Sources' })).getByRole('listitem'),
  ).toHaveFocus();
  expect(document.body).not.toHaveTextContent('†');
});

it('shows the quote when a finger taps the mark, and hides it with the next tap anywhere', async () => {
  await openAnswer(
    'It rains【4:0†source】.',
    [cite('【4:0†source】', 'file-1', { quote: 'Rain on Sunday' })],
    { 'file-1': 'forecast.pdf' },
  );
  const mark = await screen.findByRole('button', { name: 'Source 1' });
  const tap = (element: Element): void => {
    fireEvent.pointerDown(element, { pointerType: 'touch' });
    fireEvent.click(element);
  };
  const getOpen = () => document.querySelector('[data-part="citation"][data-open]');
  tap(mark);
  expect(getOpen()).toContainElement(mark);
  expect(
    within(screen.getByRole('group', { name: 'Sources' })).getByRole('listitem'),
  ).not.toHaveFocus();
  tap(mark);
  expect(getOpen()).toBeNull();
  tap(mark);
  tap(document.body);
  expect(getOpen()).toBeNull();
  tap(mark);
  // A dialog of the app stays open.
  expect(fireEvent.keyDown(document.body, { key: 'Escape' })).toBe(false);
  expect(getOpen()).toBeNull();
});

it('numbers each cited file once in version 2, which has no quotes', async () => {
  const annotations = [cite('【1:0†a】', 'file-1'), cite('【2:0†b】', 'file-2')];
  await openAnswer('One【1:0†a】 and two【2:0†b】 and one【1:0†a】.', annotations, {
    'file-1': 'a.txt',
    'file-2': 'b.txt',
  });
  expect((await screen.findAllByRole('button', { name: /^Source/ })).length).toBeGreaterThanOrEqual(
    2,
  );
  const list = screen.getByRole('group', { name: 'Sources' });
  expect(await within(list).findByText('b.txt')).toBeInTheDocument();
  expect(within(list).getAllByRole('listitem')).toHaveLength(2);
});

/** Opens an answer that links to a file of the sandbox. The browser saves nothing: `click` has the links that would. */
async function openFileLink(path: string) {
  const createObjectUrl = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:file');
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined);
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  const files = { 'file-3': 'table.csv' };
  const text = `Here is [the table](${path}).`;
  const answer = await openAnswer(text, [linkTo(path, 'file-3')], files);
  return { ...answer, createObjectUrl, click };
}

it('downloads a file that the answer links to through the API, and shows no dead link', async () => {
  const { user, downloads, createObjectUrl, click } = await openFileLink(
    'sandbox:/mnt/data/table.csv',
  );
  await user.click(await screen.findByRole('button', { name: /the table/ }));
  await waitFor(() => expect(click).toHaveBeenCalledOnce());
  expect(downloads).toEqual(['file-3']);
  expect(createObjectUrl).toHaveBeenCalledOnce();
  expect(document.querySelector('a[href^="sandbox"]')).toBeNull();
});

it('shows the size of a file, and saves it under its name, once they are loaded', async () => {
  const { user, click } = await openFileLink('sandbox:/mnt/data/1');
  expect(await screen.findByText(/^3\s?B$/)).toBeInTheDocument();
  await waitFor(async () => {
    await user.click(screen.getByRole('button', { name: /the table/ }));
    expect(click.mock.contexts.at(-1)).toHaveProperty('download', 'table.csv');
  });
});

it('shows an error in the message when a file cannot be downloaded', async () => {
  const path = 'sandbox:/mnt/data/a.csv';
  const { user } = await openAnswer(`Here: [a](${path}).`, [linkTo(path, 'file-gone')], {});
  await user.click(await screen.findByRole('button', { name: 'a' }));
  expect(await findErrorNotice()).toHaveTextContent('Not found');
  await user.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(document.querySelector('[data-part="error-notice"]')).toBeNull();
});

it('ignores annotations of unknown types', async () => {
  const annotation = {
    type: 'video_citation',
    text: 'words',
    start_index: 5,
    end_index: 10,
    video_citation: { video_id: 'v' },
  };
  await openAnswer('Some words.', [annotation], {});
  expect(screen.getByText('Some words.')).toBeInTheDocument();
});

const END = 40;

const citePage = (text: string, url: string, title?: string): Annotation => ({
  type: 'url_citation',
  text,
  start_index: text === '' ? END : 9,
  end_index: 0,
  url_citation: { url, ...(title === undefined ? {} : { title }) },
});

it('shows cited pages as numbers and links, with those that the text has no marker for', async () => {
  const { user } = await openAnswer(
    'It rains ([weather](https://weather.test/paris)).',
    [
      citePage('([weather](https://weather.test/paris))', 'https://weather.test/paris', 'Paris'),
      citePage('', 'https://sky.test/'),
      citePage('', 'javascript:alert(1)', 'Evil'),
      citePage('', 'https://user:pass@sky.test/', 'Evil'),
      { ...cite('', 'file-remote', { file_name: 'remote.md' }), start_index: END },
    ],
    {},
  );
  const mark = await screen.findByRole('button', { name: 'Source 1' });
  expect(mark).toHaveAccessibleDescription(/Paris.*weather\.test/);
  const sources = within(screen.getByRole('group', { name: 'Sources' }));
  expect(
    sources.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')]),
  ).toEqual([
    ['Paris', 'https://weather.test/paris'],
    ['sky.test', 'https://sky.test/'],
  ]);
  expect(sources.getAllByRole('listitem')[2]).toHaveTextContent('remote.md');
  expect(sources.queryByRole('button')).toBeNull();
  expect(document.body).not.toHaveTextContent(/Evil|weather\]/);
  await user.click(mark);
  expect(document.activeElement).toHaveTextContent('Paris');
});
