import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { memoryThreads, ThreadHeader, ThreadList } from 'assistants-react';
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
// The menu must not be loaded in real time: a test with fake timers opens it.
import '../../../src/components/menu/MenuButton.lazy.js';
import { advanceTimers } from '../../hooks/createHookHarness.js';
import { createErrorResponse, createTestHarness, findErrorNotice } from '../createTestHarness.js';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function setUp(...texts: string[]) {
  const harness = createTestHarness();
  const threadId = await harness.createThread(...texts);
  const assistantId = await harness.createAssistant();
  const registry = memoryThreads([{ id: threadId, title: 'Lisbon', updatedAt: 1 }]);
  function Page({ hasList = false }: { hasList?: boolean }) {
    const [openId, setOpenId] = useState<string | undefined>(threadId);
    const props = { registry, threadId: openId, onSelect: setOpenId };
    return (
      <>
        <ThreadHeader
          {...props}
          assistantId={assistantId}
          level={1}
          getHref={(id) => `#thread=${id}`}
          onDelete={() => setOpenId(undefined)}
        />
        {hasList && <ThreadList {...props} />}
      </>
    );
  }
  return { harness, threadId, registry, Page };
}

const MENU = 'Options for Lisbon';

async function choose(entry: string): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name: MENU }));
  await userEvent.click(await screen.findByRole('menuitem', { name: entry }));
}

/** Replaces saving a file, and returns what was saved. */
function recordFiles() {
  const blobs: Blob[] = [];
  const names: string[] = [];
  URL.createObjectURL = (blob: Blob) => `blob:${blobs.push(blob)}`;
  URL.revokeObjectURL = () => undefined;
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
    this: HTMLAnchorElement,
  ) {
    names.push(this.download);
  });
  return { blobs, names };
}

/** jsdom has no `Blob.text`. */
function readBlob(blob: Blob | undefined): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener('load', () =>
      resolve(typeof reader.result === 'string' ? reader.result : ''),
    );
    reader.readAsText(blob ?? new Blob());
  });
}

it('shows the title and the assistant, and a new thread without a menu', async () => {
  const { harness, registry, Page } = await setUp();
  const view = harness.render(<Page />);
  expect(await screen.findByRole('heading', { level: 1, name: 'Lisbon' })).toBeVisible();
  expect(await screen.findByText('Helper')).toBeVisible();
  view.unmount();
  harness.render(<ThreadHeader registry={registry} />);
  expect(await screen.findByRole('heading', { level: 2, name: 'New conversation' })).toBeVisible();
  expect(screen.queryByRole('button')).toBeNull();
});

it.each([
  ['a click', async () => userEvent.click(await screen.findByRole('button', { name: 'Lisbon' }))],
  ['the menu', async () => choose('Rename')],
  [
    'F2',
    async () => {
      const title = await screen.findByRole('button', { name: 'Lisbon' });
      act(() => title.focus());
      await userEvent.keyboard('{F2}');
    },
  ],
])('renames the thread with %s, and returns the focus', async (_, start) => {
  const { harness, registry, Page } = await setUp();
  harness.render(<Page />);
  await start();
  expect(screen.getByRole('textbox', { name: 'Title' })).toHaveFocus();
  await userEvent.keyboard('Porto{Enter}');
  const renamed = await screen.findByRole('button', { name: 'Porto' });
  await waitFor(() => expect(renamed).toHaveFocus());
  expect(await registry.list()).toMatchObject([{ title: 'Porto', isTitled: true }]);
});

it('deletes the thread with undo, also in the list', async () => {
  const { harness, threadId, registry, Page } = await setUp();
  harness.render(<Page hasList />);
  await waitFor(() => expect(screen.getAllByRole('button', { name: MENU })).toHaveLength(2));
  const deleteThread = async (): Promise<void> => {
    // The list below the header has a menu of the same name.
    const [menu] = screen.getAllByRole('button', { name: MENU });
    if (menu) fireEvent.click(menu);
    await advanceTimers(100);
    const entry = screen.getByRole('menuitem', { name: 'Delete' });
    // The key works in the list only.
    expect(entry).not.toHaveAttribute('aria-keyshortcuts');
    act(() => entry.click());
  };
  vi.useFakeTimers();
  await deleteThread();
  const [undo, undoInList] = screen.getAllByRole('button', { name: 'Undo: keep Lisbon' });
  expect(undo).toHaveFocus();
  expect(undoInList).toBeVisible();
  await advanceTimers(5_000);
  act(() => undo?.click());
  expect(screen.getByRole('heading', { level: 1, name: 'Lisbon' })).toBeVisible();
  await advanceTimers(20_000);
  expect(await registry.list()).toHaveLength(1);

  await deleteThread();
  await advanceTimers(11_000);
  expect(screen.getByRole('heading', { level: 1, name: 'New conversation' })).toBeVisible();
  expect(await registry.list()).toHaveLength(0);
  await expect(harness.otherClient.getThread({ threadId })).rejects.toMatchObject({ status: 404 });
});

it('copies the link of the thread', async () => {
  const { harness, threadId, Page } = await setUp();
  harness.render(<Page />);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: MENU }));
  await user.click(await screen.findByRole('menuitem', { name: 'Copy link' }));
  expect(await screen.findByText('Link copied')).toBeVisible();
  expect(await navigator.clipboard.readText()).toBe(`${location.href}#thread=${threadId}`);
});

it('exports all messages as Markdown', async () => {
  const { harness, registry, threadId, Page } = await setUp(
    ...Array.from({ length: 101 }, (_, index) => `Question ${index}`),
  );
  await registry.put({ id: threadId, title: 'A/B: "test"\n', updatedAt: 1 });
  const { blobs, names } = recordFiles();
  harness.render(<Page />);
  await userEvent.click(await screen.findByRole('button', { name: /^Options for A.B/ }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Export as Markdown' }));
  await waitFor(() => expect(names).toEqual(['A B test.md']));
  const text = await readBlob(blobs[0]);
  expect(text).toMatch(/^# A\/B: "test"\n\n## You\n\n<!-- \S+ -->\n\nQuestion 0\n/);
  expect(text.match(/^Question \d+$/gm)).toHaveLength(101);
});

it('exports JSON with all objects of the thread', async () => {
  const { harness, threadId, Page } = await setUp('Hello');
  const assistantId = await harness.createAssistant();
  await harness.otherClient.createRun({ threadId, body: { assistant_id: assistantId } });
  await waitFor(async () => {
    const { data } = await harness.otherClient.listMessages({ threadId });
    expect(data[0]?.status).toBe('completed');
  });
  const { blobs, names } = recordFiles();
  harness.render(<Page />);
  await choose('Export as JSON');
  await waitFor(() => expect(names).toEqual(['Lisbon.json']));
  const record: unknown = JSON.parse(await readBlob(blobs[0]));
  expect(record).toMatchObject({
    export_schema: 'assistants-thread-export/v1',
    thread: { id: threadId },
    messages: [{ role: 'user' }, { role: 'assistant' }],
    runs: [{ thread_id: threadId, steps: [{ type: 'message_creation' }] }],
  });
});

it('says why an export failed', async () => {
  const { harness, Page } = await setUp('Hello');
  const { names } = recordFiles();
  harness.intercept(async ({ url }) =>
    url.includes('/messages') ? createErrorResponse(403, 'Not yours.') : undefined,
  );
  harness.render(<Page />);
  await choose('Export as Markdown');
  const notice = await findErrorNotice();
  expect(notice).toHaveTextContent('Not yours.');
  expect(names).toEqual([]);
});
