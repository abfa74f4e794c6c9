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
import { createHookWorld } from './renderWithBackend.js';

const fast = { interval: 5 };

beforeEach(() => sessionStorage.clear());

/** A thread in which nothing can be sent, and pages that show it in any number of views. */
async function createPages() {
  const world = createHookWorld();
  const assistantId = await world.assistant();
  const threadId = await world.threadOf(1);
  world.guard(async ({ method }) =>
    method === 'POST' ? new Response('{}', { status: 400 }) : undefined,
  );
  const openPage = () => {
    const queryClient = new QueryClient();
    const wrapper = ({ children }: { children: ReactNode }) => (
      <AssistantsProvider client={world.client} queryClient={queryClient}>
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
  return { ...world, threadId, openPage };
}

type View = { result: { current: UseConversationResult } };

const unsent = ({ result }: View): string[] =>
  result.current.messages.flatMap(({ state, message: { content } }) =>
    state === 'failed' && content[0]?.type === 'text' ? content[0].text.value : [],
  );

async function fail(view: View, text: string): Promise<void> {
  await act(() => view.result.current.send(text));
  await waitFor(() => expect(unsent(view)).toContain(text), fast);
}

it('keeps what each of two views of a thread could not send', async () => {
  const { openPage } = await createPages();
  const page = openPage();
  const [left, right] = [page.openView(), page.openView()];
  await fail(left, 'From the left');
  await fail(right, 'From the right');

  const next = openPage().openView();
  await waitFor(() => expect(unsent(next)).toHaveLength(2), fast);

  expect(unsent(next).toSorted()).toEqual(['From the left', 'From the right']);
});

it('forgets what one of two views has discarded, and nothing of the other', async () => {
  const { openPage } = await createPages();
  const page = openPage();
  const [left, right] = [page.openView(), page.openView()];
  await fail(left, 'From the left');
  await fail(right, 'From the right');

  act(() => right.result.current.discard(right.result.current.messages.at(-1)?.key ?? ''));
  const next = openPage().openView();
  await waitFor(() => expect(unsent(next)).toEqual(['From the left']), fast);
});

it('shows what one view could not send in no other view of the page', async () => {
  const { openPage } = await createPages();
  const page = openPage();
  await fail(page.openView(), 'Once');

  const second = page.openView();
  await waitFor(() => expect(second.result.current.messages).toHaveLength(1), fast);

  expect(unsent(second)).toEqual([]);
});

it('has a failed message once in a thread that was made on this page, and is opened again', async () => {
  const { openPage, guard, threadId } = await createPages();
  guard(async () => undefined);
  const view = openPage().openView({});
  await act(() => view.result.current.send('Hello'));
  await waitFor(() => expect(view.result.current.run?.status).toBe('completed'), fast);
  const made = view.result.current.threadId ?? '';
  view.rerender({ threadId: made });
  guard(async ({ method }) =>
    method === 'POST' ? new Response('{}', { status: 400 }) : undefined,
  );
  await fail(view, 'Not sent');

  view.rerender({ threadId });
  view.rerender({ threadId: made });
  await waitFor(() => expect(unsent(view)).not.toEqual([]), fast);

  expect(unsent(view)).toEqual(['Not sent']);
});
