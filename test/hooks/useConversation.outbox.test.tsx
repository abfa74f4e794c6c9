import { QueryClient } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import {
  AssistantsProvider,
  useConversation,
  type ConversationOptions,
  type UseConversationResult,
} from 'assistants-react';
import type { ReactNode } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { createHookHarness } from './createHookHarness.js';

beforeEach(() => {
  sessionStorage.clear();
});

/** Creates a thread in which no message can be sent, and a function that opens pages with any number of views of it. */
async function createPages() {
  const harness = createHookHarness();
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread(1);
  const refuse = () =>
    harness.intercept(async ({ method }) =>
      method === 'POST' ? new Response('{}', { status: 400 }) : undefined,
    );
  const accept = () => harness.intercept(async () => undefined);
  refuse();
  const openPage = () => {
    const queryClient = new QueryClient();
    const wrapper = ({ children }: { children: ReactNode }) => (
      <AssistantsProvider client={harness.client} queryClient={queryClient}>
        {children}
      </AssistantsProvider>
    );
    return {
      openView: (props: ConversationOptions = { threadId }) =>
        renderHook((options: ConversationOptions) => useConversation({ assistantId, ...options }), {
          wrapper,
          initialProps: props,
        }),
    };
  };
  return { ...harness, threadId, openPage, refuse, accept };
}

interface View {
  result: { current: UseConversationResult };
}

/** Returns the texts of the failed messages. */
const getUnsent = ({ result }: View): string[] =>
  result.current.messages.flatMap(({ state, message: { content } }) =>
    state === 'failed' && content[0]?.type === 'text' ? [content[0].text.value] : [],
  );

async function sendAndFail(view: View, text: string): Promise<void> {
  await act(() => view.result.current.send(text));
  await waitFor(() => expect(getUnsent(view)).toContain(text));
}

it('restores the unsent messages of two views of a thread', async () => {
  const { openPage } = await createPages();
  const page = openPage();
  const [left, right] = [page.openView(), page.openView()];
  await sendAndFail(left, 'From the left');
  await sendAndFail(right, 'From the right');

  const next = openPage().openView();
  await waitFor(() => expect(getUnsent(next)).toHaveLength(2));

  expect(getUnsent(next).toSorted()).toEqual(['From the left', 'From the right']);
});

it('removes a discarded message and keeps those of the other view', async () => {
  const { openPage } = await createPages();
  const page = openPage();
  const [left, right] = [page.openView(), page.openView()];
  await sendAndFail(left, 'From the left');
  await sendAndFail(right, 'From the right');

  act(() => right.result.current.discard(right.result.current.messages.at(-1)?.key ?? ''));
  const next = openPage().openView();
  await waitFor(() => expect(getUnsent(next)).toEqual(['From the left']));
});

it('shows an unsent message in one view of the page only', async () => {
  const { openPage } = await createPages();
  const page = openPage();
  await sendAndFail(page.openView(), 'Once');

  const second = page.openView();
  await waitFor(() => expect(second.result.current.messages).toHaveLength(1));

  expect(getUnsent(second)).toEqual([]);
});

it('shows a failed message once when its thread is opened again on the page that created it', async () => {
  const { openPage, threadId, refuse, accept } = await createPages();
  accept();
  const view = openPage().openView({});
  await act(() => view.result.current.send('Hello'));
  await waitFor(() => expect(view.result.current.run?.status).toBe('completed'));
  const createdId = view.result.current.threadId ?? '';
  view.rerender({ threadId: createdId });
  refuse();
  await sendAndFail(view, 'Not sent');

  view.rerender({ threadId });
  view.rerender({ threadId: createdId });
  await waitFor(() => expect(getUnsent(view)).not.toEqual([]));

  expect(getUnsent(view)).toEqual(['Not sent']);
});

it.each(['not JSON', '{}', '[{"key":"a","body":{"content":[null]}}]'])(
  'ignores and removes the corrupt entry %j',
  async (entry) => {
    const { openPage, threadId } = await createPages();
    const name = `assistants-react:outbox:test:${threadId}`;
    sessionStorage.setItem(name, entry);

    const view = openPage().openView();
    await waitFor(() => expect(view.result.current.messages).toHaveLength(1));

    expect(getUnsent(view)).toEqual([]);
    expect(sessionStorage.getItem(name)).toBeNull();
  },
);
