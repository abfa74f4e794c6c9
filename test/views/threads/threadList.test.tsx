import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import {
  memoryThreads,
  ThreadHeader,
  ThreadList,
  ThreadView,
  useThreadMessages,
  useThreads,
  type ThreadEntry,
  type ThreadRegistry,
} from 'assistants-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { afterEach, expect, it, vi } from 'vitest';
// The menu must not be loaded in real time: a test with fake timers opens it.
import '../../../src/components/menu/MenuButton.lazy.js';
import { createTranslator } from '../../components/markdown/createTranslator.js';
import { createDeferred } from '../../createDeferred.js';
import { advanceTimers } from '../../hooks/createHookHarness.js';
import {
  createErrorResponse,
  createTestHarness,
  findErrorNotice,
  getMessages,
  sendMessage,
} from '../createTestHarness.js';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A time in the future counts as today, whenever the tests run. */
const LAST_USE = Date.UTC(2100, 0);

const getTitles = () => screen.queryAllByRole('listitem').map((row) => row.textContent);

/** Chooses an entry of the menu of a thread. */
async function choose(title: string, entry: string): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name: `Options for ${title}` }));
  await userEvent.click(await screen.findByRole('menuitem', { name: entry }));
}

/** Deletes a thread without waiting, for tests with fake timers. */
function deleteThread(title: string): void {
  const link = screen.getByRole('button', { name: title });
  act(() => link.focus());
  fireEvent.keyDown(link, { key: 'Delete' });
}

async function setUp(titles: readonly string[] = ['Lisbon', 'Bread']) {
  const harness = createTestHarness();
  const entries: ThreadEntry[] = [];
  for (const [index, title] of titles.entries()) {
    const { id } = await harness.otherClient.createThread();
    entries.push({ id, title, updatedAt: LAST_USE - index });
  }
  const registry = memoryThreads(entries);
  const onSelect = vi.fn<(threadId: string) => void>();
  const onDelete = vi.fn<(threadId: string) => void>();
  const listStored = async () => (await registry.list()).map(({ title }) => title);
  return { harness, registry, ids: entries.map(({ id }) => id), onSelect, onDelete, listStored };
}

it('lists threads by day, marks the open one, and reports the selected one', async () => {
  const { harness, registry, ids, onSelect } = await setUp();
  harness.render(<ThreadList registry={registry} threadId={ids[1]} onSelect={onSelect} />);
  const today = await screen.findByRole('region', { name: 'Today' });
  expect(within(today).getAllByRole('listitem')).toHaveLength(2);
  expect(screen.getByRole('button', { name: 'Bread' })).toHaveAttribute('aria-current', 'page');

  await userEvent.click(screen.getByRole('button', { name: 'Lisbon' }));

  expect(onSelect).toHaveBeenCalledExactlyOnceWith(ids[0]);
});

it('links to the threads, and leaves clicks with a modifier to the browser', async () => {
  const { harness, registry, ids, onSelect } = await setUp();
  const getHref = (id: string) => `#thread=${id}`;
  harness.render(<ThreadList registry={registry} onSelect={onSelect} getHref={getHref} />);
  const link = await screen.findByRole('link', { name: 'Lisbon' });
  expect(link).toHaveAttribute('href', `#thread=${ids[0]}`);

  const user = userEvent.setup();
  await user.keyboard('{Control>}');
  await user.click(link);
  await user.keyboard('{/Control}');
  expect(onSelect).not.toHaveBeenCalled();
  await user.click(link);
  expect(onSelect).toHaveBeenCalledOnce();
});

it('renames a thread with Enter or by leaving the field, and returns the focus', async () => {
  const { harness, registry, onSelect, listStored } = await setUp();
  harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
  await choose('Lisbon', 'Rename');
  expect(screen.getByRole('textbox', { name: 'Title' })).toHaveFocus();

  await userEvent.keyboard('Three days in Lisbon{Enter}');

  const renamed = await screen.findByRole('button', { name: 'Three days in Lisbon' });
  await waitFor(() => expect(renamed).toHaveFocus());
  expect(onSelect).not.toHaveBeenCalled();
  await choose('Bread', 'Rename');
  await userEvent.keyboard('Sourdough');
  await userEvent.tab();
  await waitFor(async () => expect(await listStored()).toContain('Sourdough'));
});

it('keeps the title that the user is writing when an answer moves the thread to another group', async () => {
  const { harness, onSelect } = await setUp();
  const { id } = await harness.otherClient.createThread();
  const registry = memoryThreads([
    { id: 'thread_1', title: 'Lisbon', updatedAt: LAST_USE },
    { id, title: 'Bread', updatedAt: Date.UTC(2020, 0) },
  ]);
  function SettledRun() {
    const { markUsed } = useThreads({ registry });
    return (
      <button type="button" onPointerEnter={() => markUsed(id)}>
        Settle
      </button>
    );
  }
  harness.render(
    <>
      <ThreadList registry={registry} onSelect={onSelect} />
      <SettledRun />
    </>,
  );
  await choose('Bread', 'Rename');
  await userEvent.keyboard('Sour');
  await userEvent.hover(screen.getByRole('button', { name: 'Settle' }));
  await waitFor(async () => {
    const stored = (await registry.list()).find((entry) => entry.id === id);
    expect(stored?.updatedAt).toBeGreaterThan(Date.UTC(2021, 0));
  });
  await userEvent.keyboard('dough{Enter}');
  const today = await screen.findByRole('region', { name: 'Today' });
  await waitFor(() =>
    expect(within(today).getByRole('button', { name: 'Sourdough' })).toHaveFocus(),
  );
});

it('shows a title that was changed elsewhere after a browser translation', async () => {
  const { harness, registry, ids, onSelect } = await setUp();
  harness.render(
    <>
      <ThreadList registry={registry} onSelect={onSelect} />
      <ThreadHeader registry={registry} threadId={ids[0]} />
    </>,
  );
  await screen.findByRole('region', { name: 'Today' });
  const translator = createTranslator(document.body);
  translator.translate();
  await userEvent.click(screen.getByRole('button', { name: 'LISBON', description: 'Rename' }));
  await userEvent.keyboard('Porto{Enter}');
  await waitFor(() => expect(getTitles()[0]).toBe('Porto'));
  translator.stop();
});

it('leaves the Enter of an input method to it while a thread is renamed', async () => {
  const { harness, registry, onSelect } = await setUp();
  harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
  await choose('Lisbon', 'Rename');
  const field = screen.getByRole('textbox', { name: 'Title' });
  // Safari reports the key after the end of the composition.
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });
  expect(field).toHaveFocus();
});

it('leaves the focus where the user has moved it from the title', async () => {
  const { harness, registry, onSelect, listStored } = await setUp();
  harness.render(
    <>
      <ThreadList registry={registry} onSelect={onSelect} />
      <input aria-label="Elsewhere" />
    </>,
  );
  await choose('Lisbon', 'Rename');
  await userEvent.keyboard('Porto');
  const elsewhere = screen.getByRole('textbox', { name: 'Elsewhere' });
  await userEvent.click(elsewhere);

  expect(await screen.findByRole('button', { name: 'Porto' })).toBeVisible();
  expect(elsewhere).toHaveFocus();
  expect(await listStored()).toContain('Porto');
});

it('keeps the focus in a row of a shadow root', async () => {
  const { harness, registry, onSelect } = await setUp();
  const host = document.body.appendChild(document.createElement('div'));
  const root = host.attachShadow({ mode: 'open' });
  const list = <ThreadList registry={registry} onSelect={onSelect} />;
  harness.render(createPortal(list, root.appendChild(document.createElement('div'))));
  const find = (name: string) => root.querySelector<HTMLElement>(`[aria-label="${name}"]`);
  await waitFor(() => expect(find('Options for Lisbon')).not.toBeNull());
  vi.useFakeTimers();
  act(() => find('Options for Lisbon')?.click());
  await advanceTimers(100);
  expect(root.activeElement).toHaveTextContent('Rename');
  const [entry] = [...root.querySelectorAll<HTMLElement>('[role="menuitem"]')].slice(-1);
  act(() => entry?.click());
  expect(root.activeElement).toBe(find('Undo: keep Lisbon'));
  await advanceTimers(11_000);
  expect(root.activeElement).toHaveTextContent('Bread');
  host.remove();
});

it.each(['Other{Escape}', '{Backspace}{Enter}', ' {Enter}'])(
  'keeps the title after %s',
  async (keys) => {
    const { harness, registry, onSelect, listStored } = await setUp(['Lisbon']);
    harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
    await choose('Lisbon', 'Rename');
    await userEvent.keyboard(keys);
    expect(await screen.findByRole('button', { name: 'Lisbon' })).toHaveFocus();
    expect(await listStored()).toEqual(['Lisbon']);
  },
);

it('deletes a thread ten seconds later, on the server and in the list', async () => {
  const { harness, registry, ids, onSelect, onDelete, listStored } = await setUp();
  harness.render(<ThreadList registry={registry} onSelect={onSelect} onDelete={onDelete} />);
  await screen.findByRole('button', { name: 'Lisbon' });
  vi.useFakeTimers();
  deleteThread('Lisbon');
  expect(onDelete).toHaveBeenCalledExactlyOnceWith(ids[0]);
  expect(screen.getByRole('button', { name: 'Undo: keep Lisbon' })).toHaveFocus();

  await advanceTimers(9_000);
  expect(await listStored()).toHaveLength(2);
  await advanceTimers(2_000);

  expect(getTitles()).toEqual(['Bread']);
  expect(screen.getByRole('button', { name: 'Bread' })).toHaveFocus();
  expect(await listStored()).toEqual(['Bread']);
  await expect(harness.otherClient.getThread({ threadId: ids[0] ?? '' })).rejects.toMatchObject({
    status: 404,
  });
});

it('undoes a deletion, and opens the thread again if it was open', async () => {
  const { harness, registry, ids, onSelect, listStored } = await setUp();
  function Example() {
    const [threadId, setThreadId] = useState(ids[0]);
    return (
      <ThreadList
        registry={registry}
        threadId={threadId}
        onSelect={onSelect}
        onDelete={() => setThreadId(undefined)}
      />
    );
  }
  harness.render(<Example />);
  await screen.findByRole('button', { name: 'Lisbon' });
  vi.useFakeTimers();
  deleteThread('Lisbon');
  act(() => screen.getByRole('button', { name: 'Undo: keep Lisbon' }).click());

  expect(onSelect).toHaveBeenCalledExactlyOnceWith(ids[0]);
  expect(screen.getByRole('button', { name: 'Lisbon' })).toHaveFocus();
  await advanceTimers(60_000);
  expect(await listStored()).toHaveLength(2);
});

it('deletes at once when the list is removed', async () => {
  const { harness, registry, onSelect, listStored } = await setUp();
  const view = harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
  await choose('Lisbon', 'Delete');
  view.unmount();
  await waitFor(async () => expect(await listStored()).toEqual(['Bread']));
});

it('restores the row and says why if a thread cannot be deleted, and drops one that is not there', async () => {
  const { harness, registry, ids, onSelect, listStored } = await setUp();
  await harness.otherClient.deleteThread({ threadId: ids[1] ?? '' });
  harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
  await screen.findByRole('button', { name: 'Lisbon' });
  harness.intercept(async ({ method, url }) =>
    method === 'DELETE' && url.includes(ids[0] ?? '')
      ? createErrorResponse(403, 'Not yours.')
      : undefined,
  );
  vi.useFakeTimers();
  deleteThread('Lisbon');
  deleteThread('Bread');
  await advanceTimers(11_000);
  vi.useRealTimers();

  expect(await findErrorNotice()).toBeVisible();
  expect(screen.getByRole('button', { name: 'Lisbon' })).toBeVisible();
  await waitFor(async () => expect(await listStored()).toEqual(['Lisbon']));
});

it('searches the titles of a long list without case and accents', async () => {
  const { harness, registry, onSelect } = await setUp([
    ...Array.from({ length: 8 }, (_, index) => `Thread ${index}`),
    'Café à Paris',
  ]);
  harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
  const field = await screen.findByRole('searchbox', { name: 'Search conversations' });
  await userEvent.type(field, 'CAFE a');
  expect(getTitles()).toEqual(['Café à Paris']);
  await userEvent.type(field, 'x');
  expect(getTitles()).toEqual([]);
  expect(screen.getByText('No conversation contains this.')).toBeVisible();
});

it('submits no form of the app with Enter in its search', async () => {
  const { harness, registry, onSelect } = await setUp('abcdefgh'.split(''));
  const onSubmit = vi.fn<() => void>();
  harness.render(
    <form onSubmit={onSubmit}>
      <ThreadList registry={registry} onSelect={onSelect} />
    </form>,
  );
  await userEvent.type(await screen.findByRole('searchbox'), 'b{Enter}');
  expect(getTitles()).toEqual(['b']);
  expect(onSubmit).not.toHaveBeenCalled();
});

it('keeps the search while the user types, even if the list becomes short', async () => {
  const { harness, registry, onSelect } = await setUp(
    Array.from({ length: 8 }, (_, index) => `Thread ${index}`),
  );
  harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
  const field = await screen.findByRole('searchbox');
  vi.useFakeTimers();
  deleteThread('Thread 0');
  act(() => field.focus());
  fireEvent.change(field, { target: { value: 'thread 6' } });
  await advanceTimers(11_000);
  expect(field).toHaveFocus();
  expect(getTitles()).toEqual(['Thread 6']);
});

it('says that there are no threads, and names an untitled one', async () => {
  const { harness, onSelect } = await setUp([]);
  const registry = memoryThreads();
  const view = harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
  expect(await screen.findByText('Your conversations will appear here.')).toBeVisible();
  view.unmount();

  const other = createTestHarness();
  other.render(
    <ThreadList
      registry={memoryThreads([{ id: 'thread_1', title: ' ', updatedAt: LAST_USE }])}
      onSelect={onSelect}
    />,
  );
  expect(await screen.findByRole('button', { name: 'New conversation' })).toBeVisible();
});

it('titles threads that only the server knows with the first words of their first message', async () => {
  const { harness, registry, onSelect, listStored } = await setUp(['Lisbon']);
  const { otherClient } = harness;
  const messages = [
    { role: 'user', content: ' Which tea is the best? ' },
    { role: 'user', content: 'I like it green.' },
  ] as const;
  await otherClient.createThread({ body: { messages: [...messages] } });
  await otherClient.createThread();
  await otherClient.createThread({ body: { messages: [{ role: 'user', content: 'Bread' }] } });
  harness.render(<ThreadList registry={registry} onSelect={onSelect} />);

  expect(await screen.findByRole('button', { name: 'Which tea is the best?' })).toBeVisible();
  expect(await screen.findByRole('button', { name: 'Bread' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'New conversation' })).toBeVisible();
  await waitFor(async () => expect(await listStored()).toContain('Which tea is the best?'));
});

it('pins a thread with the focus on it, and releases it', async () => {
  const { harness, registry, onSelect } = await setUp(['Lisbon', 'Bread']);
  harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
  await choose('Bread', 'Pin');

  const pinned = await screen.findByRole('region', { name: 'Pinned' });
  const link = within(pinned).getByRole('button', { name: 'Bread' });
  await waitFor(() => expect(link).toHaveFocus());
  expect(getTitles()).toEqual(['Bread', 'Lisbon']);

  await choose('Bread', 'Unpin');
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Pinned' })).toBeNull());
  expect(await registry.list()).toContainEqual(expect.objectContaining({ isPinned: false }));
});

it('keeps the focus on a thread that moves to another group', async () => {
  const { harness, registry, ids, onSelect } = await setUp(['Lisbon', 'Bread']);
  const entry = { id: ids[1] ?? '', title: 'Bread', updatedAt: 0 };
  await registry.put(entry);
  let notify = () => {};
  const shared: ThreadRegistry = {
    ...registry,
    subscribe: (listener) => {
      notify = listener;
      return () => {};
    },
  };
  harness.render(<ThreadList registry={shared} onSelect={onSelect} />);
  const link = await screen.findByRole('button', { name: 'Bread' });
  act(() => link.focus());
  await registry.put({ ...entry, updatedAt: LAST_USE + 1 });
  act(notify);

  await waitFor(() => expect(getTitles()).toEqual(['Bread', 'Lisbon']));
  expect(link).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Bread' })).toHaveFocus();
});

it('folds archived threads at the end, and finds them', async () => {
  const titles = Array.from({ length: 8 }, (_, index) => `Thread ${index}`);
  const { harness, registry, onSelect } = await setUp(titles);
  harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
  await choose('Thread 0', 'Archive');
  const archive = await screen.findByRole('region', { name: 'Archived' });
  expect(within(archive).queryByRole('button', { name: 'Thread 0' })).toBeNull();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Thread 1' })).toHaveFocus());

  await userEvent.type(screen.getByRole('searchbox'), 'thread 0');
  expect(await within(archive).findByRole('button', { name: 'Thread 0' })).toBeVisible();
  await choose('Thread 0', 'Move out of archive');

  expect(await screen.findByRole('region', { name: 'Today' })).toBeVisible();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Thread 0' })).toHaveFocus());
});

it('moves the focus with arrow keys, Home, End and first letters, and has one Tab stop', async () => {
  const { harness, registry, ids, onSelect } = await setUp(['Lisbon', 'Bread', 'Boats']);
  harness.render(
    <>
      <ThreadList registry={registry} threadId={ids[1]} onSelect={onSelect} />
      <button type="button">After</button>
    </>,
  );
  await screen.findByRole('button', { name: 'Bread' });
  await userEvent.tab();
  expect(screen.getByRole('button', { name: 'Bread' })).toHaveFocus();
  const focused: (string | null | undefined)[] = [];
  for (const key of ['{ArrowDown}', '{ArrowDown}', '{Home}', '{End}', '{ArrowUp}', 'l']) {
    await userEvent.keyboard(key);
    focused.push(document.activeElement?.textContent);
  }
  expect(focused).toEqual(['Boats', 'Boats', 'Lisbon', 'Boats', 'Bread', 'Lisbon']);
  await userEvent.tab();
  expect(screen.getByRole('button', { name: 'Options for Lisbon' })).toHaveFocus();
  await userEvent.tab();
  expect(screen.getByRole('button', { name: 'After' })).toHaveFocus();
});

it('renames with F2 and returns the focus', async () => {
  const { harness, registry, onSelect } = await setUp(['Lisbon']);
  harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
  (await screen.findByRole('button', { name: 'Lisbon' })).focus();
  await userEvent.keyboard('{F2}Porto{Enter}');
  const renamed = await screen.findByRole('button', { name: 'Porto' });
  await waitFor(() => expect(renamed).toHaveFocus());
});

it('searches the loaded messages too, and shows the words around a hit', async () => {
  const titles = Array.from({ length: 8 }, (_, index) => `Thread ${index}`);
  const { harness, registry, ids, onSelect } = await setUp(titles);
  const content = `${'Many words. '.repeat(20)}The crème is on the shelf. ${'More. '.repeat(40)}`;
  const threadId = ids[3] ?? '';
  await harness.otherClient.createMessage({ threadId, body: { role: 'user', content } });
  function Loaded() {
    useThreadMessages({ threadId });
    return null;
  }
  harness.render(
    <>
      <Loaded />
      <ThreadList registry={registry} onSelect={onSelect} />
    </>,
  );
  await waitFor(() => expect(harness.queryClient.isFetching()).toBe(0));
  await userEvent.type(await screen.findByRole('searchbox'), 'creme');
  await waitFor(() => expect(getTitles()).toHaveLength(1));
  expect(getTitles()[0]).toMatch(/^Thread 3….*The crème is on the shelf\..*…$/);
});

it('marks a thread whose run works, and one whose run ended while it was not open', async () => {
  const release = createDeferred();
  const harness = createTestHarness({
    scenario: [{ say: [{ hold: release.promise }, 'Done waiting.'] }],
  });
  const assistantId = await harness.createAssistant();
  const registry = memoryThreads();
  const user = userEvent.setup({ delay: null });
  function Example() {
    const [threadId, setThreadId] = useState<string>();
    const { remember, markUsed } = useThreads({ registry });
    return (
      <>
        <ThreadList registry={registry} threadId={threadId} onSelect={setThreadId} />
        <button type="button" onClick={() => setThreadId(undefined)}>
          New
        </button>
        <ThreadView
          assistantId={assistantId}
          threadId={threadId}
          onThreadIdChange={setThreadId}
          onThreadCreated={(id, { text }) => remember(id, text ?? '')}
          onRunSettled={(run) => markUsed(run.thread_id)}
        />
      </>
    );
  }
  const onError = vi.spyOn(console, 'error');
  harness.render(<Example />);
  await sendMessage(user, 'wait');
  const link = await screen.findByRole('button', { name: 'wait' });
  await waitFor(() => expect(link).toHaveAccessibleDescription('Answering'));
  await user.click(screen.getByRole('button', { name: 'New' }));
  expect(screen.getByRole('button', { name: 'wait' })).toHaveAccessibleDescription('Answering');

  release.resolve();

  await waitFor(() =>
    expect(screen.getByRole('button', { name: 'wait' })).toHaveAccessibleDescription('New answer'),
  );
  await user.click(screen.getByRole('button', { name: 'wait' }));
  await waitFor(() =>
    expect(screen.getByRole('button', { name: 'wait' })).not.toHaveAccessibleDescription(
      'New answer',
    ),
  );
  await waitFor(async () => expect(await registry.list()).toMatchObject([{ isUnread: false }]));
  expect(onError).not.toHaveBeenCalled();
});

it('lists older threads of the server on demand', async () => {
  const { harness, registry, onSelect } = await setUp([]);
  const threads = [
    await harness.otherClient.createThread(),
    await harness.otherClient.createThread(),
  ];
  harness.intercept(async ({ method, url }) => {
    if (method !== 'GET' || !new URL(url).pathname.endsWith('/threads')) return undefined;
    const isFirstPage = !new URL(url).searchParams.has('after');
    const thread = threads[isFirstPage ? 0 : 1];
    return Response.json({
      object: 'list',
      data: [thread],
      first_id: thread?.id,
      last_id: thread?.id,
      has_more: isFirstPage,
    });
  });
  harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
  await waitFor(() => expect(getTitles()).toHaveLength(1));
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  await waitFor(() => expect(getTitles()).toHaveLength(2));
});

it('starts another thread while the first message is on its way, and keeps that message', async () => {
  const gate = createDeferred();
  const harness = createTestHarness();
  harness.intercept(async ({ method }) => {
    if (method === 'POST') await gate.promise;
    return undefined;
  });
  const assistantId = await harness.createAssistant();
  const registry = memoryThreads();
  const user = userEvent.setup({ delay: null });
  const opened = vi.fn<(threadId: string | undefined) => void>();
  function Example() {
    const [chatKey, setChatKey] = useState(0);
    const { remember } = useThreads({ registry });
    return (
      <>
        <ThreadList registry={registry} onSelect={() => undefined} />
        <button type="button" onClick={() => setChatKey((key) => key + 1)}>
          New
        </button>
        <ThreadView
          key={chatKey}
          assistantId={assistantId}
          onThreadIdChange={opened}
          onThreadCreated={(id, { text }) => remember(id, text ?? '')}
        />
      </>
    );
  }
  harness.render(<Example />);
  await sendMessage(user, 'Hello');
  await waitFor(() => expect(getMessages()).toEqual(['user: Hello']));

  await user.click(screen.getByRole('button', { name: 'New' }));
  expect(getMessages()).toEqual([]);

  gate.resolve();
  expect(await screen.findByRole('button', { name: 'Hello' })).toBeInTheDocument();
  expect(getMessages()).toEqual([]);
  expect(opened).not.toHaveBeenCalled();
});
