import { act, screen, waitFor } from '@testing-library/react';
import { createRef, useState, type ReactElement } from 'react';
import { Thread, useThreadNavigation, type ThreadNavigation } from 'assistants-react';
import { expect, it } from 'vitest';
import { createTestHarness, getMessages } from '../createTestHarness.js';

/** Texts of a thread of two pages. */
const TEXTS = Array.from({ length: 30 }, (_, index) => `Text ${index}`);

async function createLongThread() {
  const harness = createTestHarness();
  const threadId = await harness.createThread(...TEXTS);
  const { data } = await harness.otherClient.listMessages({
    threadId,
    query: { order: 'asc', limit: 100 },
  });
  return { harness, threadId, ids: data.map(({ id }) => id) };
}

it('loads older messages up to a message and moves the focus to it', async () => {
  const { harness, threadId, ids } = await createLongThread();
  const navigationRef = createRef<ThreadNavigation>();
  harness.openThread({ threadId, navigationRef });
  await waitFor(() => expect(getMessages()).toHaveLength(20));
  const isShown = await act(async () =>
    navigationRef.current?.scrollToMessage(ids[2] ?? '', { focus: true }),
  );
  expect(isShown).toBe(true);
  expect(getMessages()).toHaveLength(30);
  expect(document.activeElement?.textContent).toContain('Text 2');
});

it('loads nothing for a message that does not exist', async () => {
  const { harness, threadId } = await createLongThread();
  const navigationRef = createRef<ThreadNavigation>();
  harness.openThread({ threadId, navigationRef });
  await waitFor(() => expect(getMessages()).toHaveLength(20));
  harness.requests.length = 0;
  const unknown = ['msg_doesnotexist', '../etc'];
  for (const id of unknown)
    expect(await act(async () => navigationRef.current?.scrollToMessage(id))).toBe(false);
  expect(harness.requests.filter((request) => request.endsWith('/messages'))).toEqual([]);
});

it('opens a thread at a message', async () => {
  const { harness, threadId, ids } = await createLongThread();
  harness.openThread({ threadId, initialMessageId: ids[1] });
  await waitFor(() => expect(getMessages()).toContain('user: Text 1'));
});

it('rejects if messages cannot be loaded, and does nothing after an abort', async () => {
  const { harness, threadId, ids } = await createLongThread();
  const navigationRef = createRef<ThreadNavigation>();
  harness.openThread({ threadId, navigationRef });
  await waitFor(() => expect(getMessages()).toHaveLength(20));
  harness.intercept(async (request) =>
    request.url.includes('/messages') ? new Response('', { status: 500 }) : undefined,
  );
  const result = act(async () => navigationRef.current?.scrollToMessage(ids[0] ?? ''));
  await expect(result).rejects.toMatchObject({ status: 500 });
  const isShown = await act(async () =>
    navigationRef.current?.scrollToMessage(ids[0] ?? '', { signal: AbortSignal.abort() }),
  );
  expect(isShown).toBe(false);
});

it('navigates from a part inside the thread', async () => {
  const { harness, threadId, ids } = await createLongThread();
  function Pinned(): ReactElement {
    const { scrollToMessage } = useThreadNavigation();
    const [outcome, setOutcome] = useState('');
    const onClick = () =>
      void scrollToMessage(ids[0] ?? '').then((isShown) => setOutcome(String(isShown)));
    return (
      <button type="button" onClick={onClick}>
        First message {outcome}
      </button>
    );
  }
  harness.render(
    <Thread.Root threadId={threadId}>
      <Pinned />
      <Thread.Messages />
    </Thread.Root>,
  );
  await waitFor(() => expect(getMessages()).toHaveLength(20));
  act(() => screen.getByRole('button', { name: 'First message' }).click());
  await screen.findByRole('button', { name: 'First message true' });
  expect(getMessages()).toHaveLength(30);
});
