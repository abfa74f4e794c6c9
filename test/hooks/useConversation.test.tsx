import { QueryClient } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import {
  AssistantsProvider,
  createAssistantsClient,
  useAssistantChat,
  useConversation,
  type ConversationOptions,
} from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { latch } from '../queries/createTestHarness.js';

async function world() {
  let answers = 0;
  const hold = latch();
  const backend = createBackend({
    model: scriptedModel([
      { when: /hold/, say: ['Wait ', { hold: hold.opened }, 'over'] },
      { when: /stall/, say: ['Hm', { stall: true }] },
      { say: ({ text }) => `${(answers += 1)}: ${text}` },
    ]),
  });
  const connect = () =>
    createAssistantsClient({ baseUrl: 'http://backend.test/v1', fetch: backend.fetch });
  const client = connect();
  const { id: assistantId } = await client.createAssistant({ body: { model: 'scripted' } });
  /** A page of its own, as another tab has. */
  const openTab = (options: ConversationOptions = {}) => {
    const queryClient = new QueryClient();
    const tabClient = connect();
    const wrapper = ({ children }: { children: ReactNode }) => (
      <AssistantsProvider client={tabClient} queryClient={queryClient}>
        {children}
      </AssistantsProvider>
    );
    return renderHook(() => useConversation({ assistantId, ...options }), { wrapper });
  };
  const thread = async (...texts: string[]) => {
    const messages = texts.map((content, index) => ({
      role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
      content,
    }));
    return (await client.createThread({ body: { messages } })).id;
  };
  return { client, assistantId, openTab, thread, hold };
}

type Tab = Awaited<ReturnType<typeof world>>['openTab'] extends (
  options?: ConversationOptions,
) => infer Result
  ? Result
  : never;

function texts({ result }: Tab): string[] {
  return result.current.messages.map(({ message }) => {
    const [part] = message.content;
    return `${message.role}: ${part?.type === 'text' ? part.text.value : ''}`;
  });
}

const idle = (tab: Tab) => waitFor(() => expect(tab.result.current.status).toBe('idle'));

describe('useConversation', () => {
  it('writes another answer in place of the last', async () => {
    const { openTab } = await world();
    const tab = openTab();
    await act(() => tab.result.current.send('Hi'));
    await waitFor(() => expect(texts(tab)).toEqual(['user: Hi', 'assistant: 1: Hi']));
    await idle(tab);
    await act(() => tab.result.current.regenerate());
    await waitFor(() => expect(texts(tab)).toEqual(['user: Hi', 'assistant: 2: Hi']));
  });

  it('goes on in a new thread from a message on', async () => {
    const { client, openTab, thread } = await world();
    const threadId = await thread('one', 'two', 'three', 'four');
    const tab = openTab({ threadId });
    await waitFor(() => expect(texts(tab)).toHaveLength(4));
    const key = tab.result.current.messages[1]?.key ?? '';
    await act(() => tab.result.current.fork(key));
    await waitFor(() => expect(texts(tab)).toEqual(['user: one', 'assistant: two']));
    expect(tab.result.current.threadId).not.toBe(threadId);
    expect((await client.listMessages({ threadId })).data).toHaveLength(4);
  });

  it('sends an edited message in a new thread, after what came before it', async () => {
    const { openTab, thread } = await world();
    const tab = openTab({ threadId: await thread('one', 'two', 'three', 'four') });
    await waitFor(() => expect(texts(tab)).toHaveLength(4));
    const key = tab.result.current.messages[2]?.key ?? '';
    await act(() => tab.result.current.fork(key, 'drei'));
    await waitFor(() =>
      expect(texts(tab)).toEqual([
        'user: one',
        'assistant: two',
        'user: drei',
        'assistant: 1: drei',
      ]),
    );
  });

  it('takes every message along, however many pages the thread has', async () => {
    const { openTab, client, thread } = await world();
    const tab = openTab({
      threadId: await thread(...Array.from({ length: 130 }, (_, index) => `message ${index}`)),
    });
    await waitFor(() => expect(texts(tab)).toHaveLength(20));
    const key = tab.result.current.messages.at(-1)?.key ?? '';
    await act(() => tab.result.current.fork(key));
    const { data } = await client.listMessages({
      threadId: tab.result.current.threadId ?? '',
      query: { order: 'asc', limit: 100 },
    });
    expect(data[0]?.content[0]).toMatchObject({ text: { value: 'message 0' } });
    await waitFor(() => expect(texts(tab).at(-1)).toBe('assistant: message 129'));
  });

  it('shows in one tab what another begins', async () => {
    const { openTab, thread } = await world();
    const threadId = await thread('one', 'two');
    const [here, there] = [openTab({ threadId }), openTab({ threadId })];
    await waitFor(() => expect([...texts(here), ...texts(there)]).toHaveLength(4));
    await act(() => here.result.current.send('stall'));
    await waitFor(() => expect(there.result.current.status).toBe('running'), { timeout: 5_000 });
    await waitFor(
      () =>
        expect(texts(there)).toEqual([
          'user: one',
          'assistant: two',
          'user: stall',
          'assistant: Hm',
        ]),
      { timeout: 5_000 },
    );
    await act(() => there.result.current.stop());
    await waitFor(() => expect(here.result.current.run?.status).toBe('cancelled'), {
      timeout: 5_000,
    });
  });

  it('follows the next run of another tab that begins before the end of the last one is known here', async () => {
    const { openTab, thread, hold } = await world();
    const threadId = await thread('one', 'two');
    const [here, there] = [openTab({ threadId }), openTab({ threadId, transport: 'poll' })];
    await act(() => here.result.current.send('hold'));
    await waitFor(() => expect(there.result.current.status).toBe('running'), { timeout: 5_000 });
    await act(() => here.result.current.send('stall'));
    hold.open();
    await waitFor(() => expect(texts(there).at(-1)).toBe('assistant: Hm'), { timeout: 5_000 });
    await waitFor(() => expect(there.result.current.run?.id).toBe(here.result.current.run?.id), {
      timeout: 5_000,
    });
    expect(there.result.current.status).toBe('running');
    await act(() => here.result.current.stop());
    await waitFor(() => expect(there.result.current.run?.status).toBe('cancelled'), {
      timeout: 5_000,
    });
  });

  it('adds a message without a run', async () => {
    const { openTab } = await world();
    const tab = openTab();
    await act(() => tab.result.current.addMessage('Only to be noted'));
    await waitFor(() => expect(texts(tab)).toEqual(['user: Only to be noted']));
    await idle(tab);
    expect(tab.result.current.run).toBeUndefined();
  });
});

describe('useAssistantChat', () => {
  it('has the shape of the hook that apps know', async () => {
    const { client, assistantId } = await world();
    const wrapper = ({ children }: { children: ReactNode }) => (
      <AssistantsProvider client={client}>{children}</AssistantsProvider>
    );
    const { result } = renderHook(() => useAssistantChat({ assistantId }), { wrapper });
    act(() => result.current.setInput('Hello'));
    await act(() => result.current.submitMessage());
    expect(result.current.input).toBe('');
    await waitFor(() =>
      expect(result.current.messages.map(({ role, content }) => [role, content])).toEqual([
        ['user', 'Hello'],
        ['assistant', '1: Hello'],
      ]),
    );
    await waitFor(() => expect(result.current.status).toBe('awaiting_message'));
    expect(result.current.threadId).toMatch(/^thread_/);
    await act(() => result.current.append({ role: 'user', content: 'More' }));
    await waitFor(() => expect(result.current.messages.at(-1)?.content).toBe('2: More'));
    act(() => result.current.setThreadId(undefined));
    await waitFor(() => expect(result.current.messages).toEqual([]));
  });
});
