import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { memoryThreads, ThreadList, type ThreadEntry } from 'assistants-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { afterEach, expect, it, vi } from 'vitest';
import { advanceTimers } from '../../hooks/createHookHarness.js';
import { createErrorResponse, createTestHarness, findErrorNotice } from '../createTestHarness.js';

afterEach(() => {
  vi.useRealTimers();
});

/** A time in the future counts as today, whenever the tests run. */
const LAST_USE = Date.UTC(2100, 0);

const getTitles = () => screen.queryAllByRole('listitem').map((row) => row.textContent);

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
  await userEvent.click(await screen.findByRole('button', { name: 'Rename Lisbon' }));
  expect(screen.getByRole('textbox', { name: 'Title' })).toHaveFocus();

  await userEvent.keyboard('Three days in Lisbon{Enter}');

  const renamed = await screen.findByRole('button', { name: 'Three days in Lisbon' });
  await waitFor(() => expect(renamed).toHaveFocus());
  await userEvent.click(screen.getByRole('button', { name: 'Rename Bread' }));
  await userEvent.keyboard('Sourdough');
  await userEvent.tab();
  await waitFor(async () => expect(await listStored()).toContain('Sourdough'));
});

it('leaves the focus where the user has moved it from the title', async () => {
  const { harness, registry, onSelect, listStored } = await setUp();
  harness.render(
    <>
      <ThreadList registry={registry} onSelect={onSelect} />
      <input aria-label="Elsewhere" />
    </>,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Rename Lisbon' }));
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
  await waitFor(() => expect(find('Delete Lisbon')).not.toBeNull());
  vi.useFakeTimers();
  find('Delete Lisbon')?.focus();
  act(() => find('Delete Lisbon')?.click());
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
    await userEvent.click(await screen.findByRole('button', { name: 'Rename Lisbon' }));
    await userEvent.keyboard(keys);
    expect(await screen.findByRole('button', { name: 'Lisbon' })).toHaveFocus();
    expect(await listStored()).toEqual(['Lisbon']);
  },
);

it('deletes a thread ten seconds later, on the server and in the list', async () => {
  const { harness, registry, ids, onSelect, onDelete, listStored } = await setUp();
  harness.render(<ThreadList registry={registry} onSelect={onSelect} onDelete={onDelete} />);
  const button = await screen.findByRole('button', { name: 'Delete Lisbon' });
  vi.useFakeTimers();
  act(() => button.click());
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
  const button = await screen.findByRole('button', { name: 'Delete Lisbon' });
  vi.useFakeTimers();
  act(() => button.click());
  act(() => screen.getByRole('button', { name: 'Undo: keep Lisbon' }).click());

  expect(onSelect).toHaveBeenCalledExactlyOnceWith(ids[0]);
  expect(screen.getByRole('button', { name: 'Lisbon' })).toHaveFocus();
  await advanceTimers(60_000);
  expect(await listStored()).toHaveLength(2);
});

it('deletes at once when the list is removed', async () => {
  const { harness, registry, onSelect, listStored } = await setUp();
  const view = harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Delete Lisbon' }));
  view.unmount();
  await waitFor(async () => expect(await listStored()).toEqual(['Bread']));
});

it('restores the row and says why if a thread cannot be deleted, and drops one that is not there', async () => {
  const { harness, registry, ids, onSelect, listStored } = await setUp();
  await harness.otherClient.deleteThread({ threadId: ids[1] ?? '' });
  harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
  await screen.findByRole('button', { name: 'Delete Lisbon' });
  harness.intercept(async ({ method, url }) =>
    method === 'DELETE' && url.includes(ids[0] ?? '')
      ? createErrorResponse(403, 'Not yours.')
      : undefined,
  );
  vi.useFakeTimers();
  act(() => screen.getByRole('button', { name: 'Delete Lisbon' }).click());
  act(() => screen.getByRole('button', { name: 'Delete Bread' }).click());
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
  expect(screen.getByText('No title contains this.')).toBeVisible();
});

it('keeps the search while the user types, even if the list becomes short', async () => {
  const { harness, registry, onSelect } = await setUp(
    Array.from({ length: 8 }, (_, index) => `Thread ${index}`),
  );
  harness.render(<ThreadList registry={registry} onSelect={onSelect} />);
  const field = await screen.findByRole('searchbox');
  vi.useFakeTimers();
  act(() => screen.getByRole('button', { name: 'Delete Thread 0' }).click());
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
