import { QueryClient } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import {
  AssistantsProvider,
  createAssistantsClient,
  getMessageText,
  useAssistantChat,
  useConversation,
  type ConversationOptions,
} from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import type { ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { AssistantsError } from '../../src/client/AssistantsError.js';
import { loadFollowing } from '../../src/core/conversation/loadFollowing.js';
import { removeLastAnswer } from '../../src/core/conversation/removeLastAnswer.js';
import { createDeferred } from '../createDeferred.js';

vi.mock('../../src/core/conversation/loadFollowing.js', { spy: true });
vi.mock('../../src/core/conversation/removeLastAnswer.js', { spy: true });

async function createTabs() {
  let answerCount = 0;
  const gate = createDeferred();
  const backend = createBackend({
    model: scriptedModel([
      { when: /hold/, say: ['Wait ', { hold: gate.promise }, 'over'] },
      { when: /stall/, say: ['Hm', { stall: true }] },
      {
        say({ text }) {
          answerCount += 1;
          return `${answerCount}: ${text}`;
        },
      },
    ]),
  });
  const connect = () =>
    createAssistantsClient({ baseUrl: 'http://backend.test/v1', fetch: backend.fetch });
  const client = connect();
  const { id: assistantId } = await client.createAssistant({ body: { model: 'scripted' } });
  /** Opens a page with a client and a cache of its own, like another tab. */
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
  const createThread = async (...texts: string[]) => {
    const messages = texts.map((content, index) => ({
      role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
      content,
    }));
    return (await client.createThread({ body: { messages } })).id;
  };
  return { client, assistantId, openTab, createThread, gate };
}

type Tab = Awaited<ReturnType<typeof createTabs>>['openTab'] extends (
  options?: ConversationOptions,
) => infer Result
  ? Result
  : never;

/** Returns the roles and texts of the messages. */
function getTexts({ result }: Tab): string[] {
  return result.current.messages.map(({ message }) => {
    const [part] = message.content;
    return `${message.role}: ${part?.type === 'text' ? part.text.value : ''}`;
  });
}

const waitUntilIdle = (tab: Tab) => waitFor(() => expect(tab.result.current.status).toBe('idle'));

describe('useConversation', () => {
  it('replaces the last answer', async () => {
    const { openTab } = await createTabs();
    const tab = openTab();
    await act(() => tab.result.current.send('Hi'));
    await waitFor(() => expect(getTexts(tab)).toEqual(['user: Hi', 'assistant: 1: Hi']));
    await waitUntilIdle(tab);
    await act(() => tab.result.current.regenerate());
    await waitFor(() => expect(getTexts(tab)).toEqual(['user: Hi', 'assistant: 2: Hi']));
  });

  it('keeps the last answer while the code that requests another one cannot be loaded', async () => {
    const { client, openTab, createThread } = await createTabs();
    const threadId = await createThread('one', 'two');
    const tab = openTab({ threadId });
    await waitFor(() => expect(getTexts(tab)).toHaveLength(2));
    const error = new AssistantsError('network', 'Could not load.', { retryable: true });
    vi.mocked(loadFollowing).mockRejectedValueOnce(error);
    await expect(act(() => tab.result.current.regenerate())).rejects.toBe(error);
    expect((await client.listMessages({ threadId })).data).toHaveLength(2);
  });

  it('replaces the last answer once, although it is asked to twice', async () => {
    const { openTab, createThread } = await createTabs();
    const tab = openTab({ threadId: await createThread('one', 'two') });
    await waitFor(() => expect(getTexts(tab)).toHaveLength(2));
    const { regenerate } = tab.result.current;
    vi.mocked(removeLastAnswer).mockClear();
    await act(() => Promise.all([regenerate(), regenerate()]));
    expect(removeLastAnswer).toHaveBeenCalledOnce();
    await waitFor(() => expect(getTexts(tab)).toEqual(['user: one', 'assistant: 1: one']));
    await waitUntilIdle(tab);
    await act(() => tab.result.current.regenerate());
    await waitFor(() => expect(getTexts(tab)).toEqual(['user: one', 'assistant: 2: one']));
  });

  it('keeps the answers of both threads if the conversation is copied before its code is loaded', async () => {
    const { client, openTab, createThread } = await createTabs();
    const threadId = await createThread('one', 'two');
    const tab = openTab({ threadId });
    await waitFor(() => expect(getTexts(tab)).toHaveLength(2));
    const gate = createDeferred();
    const following = await loadFollowing();
    vi.mocked(loadFollowing).mockImplementationOnce(() => gate.promise.then(() => following));
    const { regenerate, fork, messages } = tab.result.current;
    const regenerated = regenerate();
    await act(() => fork(messages[1]?.key ?? ''));
    const { threadId: copyId } = tab.result.current;
    gate.resolve();
    await act(() => regenerated);
    expect(copyId).not.toBe(threadId);
    for (const id of [threadId, copyId ?? '']) {
      const { data } = await client.listMessages({ threadId: id, query: { order: 'asc' } });
      expect(data.map(getMessageText)).toEqual(['one', 'two']);
    }
    await waitUntilIdle(tab);
  });

  it('continues in a new thread from a message', async () => {
    const { client, openTab, createThread } = await createTabs();
    const threadId = await createThread('one', 'two', 'three', 'four');
    const tab = openTab({ threadId });
    await waitFor(() => expect(getTexts(tab)).toHaveLength(4));
    const key = tab.result.current.messages[1]?.key ?? '';
    await act(() => tab.result.current.fork(key));
    await waitFor(() => expect(getTexts(tab)).toEqual(['user: one', 'assistant: two']));
    expect(tab.result.current.threadId).not.toBe(threadId);
    expect((await client.listMessages({ threadId })).data).toHaveLength(4);
  });

  it('sends an edited message in a new thread after the messages before it', async () => {
    const { openTab, createThread } = await createTabs();
    const tab = openTab({ threadId: await createThread('one', 'two', 'three', 'four') });
    await waitFor(() => expect(getTexts(tab)).toHaveLength(4));
    const key = tab.result.current.messages[2]?.key ?? '';
    await act(() => tab.result.current.fork(key, 'drei'));
    await waitFor(() =>
      expect(getTexts(tab)).toEqual([
        'user: one',
        'assistant: two',
        'user: drei',
        'assistant: 1: drei',
      ]),
    );
  });

  it('copies messages that are not loaded', async () => {
    const { openTab, client, createThread } = await createTabs();
    const tab = openTab({
      threadId: await createThread(
        ...Array.from({ length: 130 }, (_, index) => `message ${index}`),
      ),
    });
    await waitFor(() => expect(getTexts(tab)).toHaveLength(20));
    const key = tab.result.current.messages.at(-1)?.key ?? '';
    await act(() => tab.result.current.fork(key));
    const { data } = await client.listMessages({
      threadId: tab.result.current.threadId ?? '',
      query: { order: 'asc', limit: 100 },
    });
    expect(data[0]?.content[0]).toMatchObject({ text: { value: 'message 0' } });
    await waitFor(() => expect(getTexts(tab).at(-1)).toBe('assistant: message 129'));
  });

  it('shows a run that another tab starts', async () => {
    const { openTab, createThread } = await createTabs();
    const threadId = await createThread('one', 'two');
    const [here, there] = [openTab({ threadId }), openTab({ threadId })];
    await waitFor(() => expect([...getTexts(here), ...getTexts(there)]).toHaveLength(4));
    await act(() => here.result.current.send('stall'));
    await waitFor(() => expect(there.result.current.status).toBe('running'));
    await waitFor(() =>
      expect(getTexts(there)).toEqual([
        'user: one',
        'assistant: two',
        'user: stall',
        'assistant: Hm',
      ]),
    );
    await act(() => there.result.current.stop());
    await waitFor(() => expect(here.result.current.run?.status).toBe('cancelled'));
  });

  it('follows the next run of another tab that starts before the end of the last run is known', async () => {
    const { openTab, createThread, gate } = await createTabs();
    const threadId = await createThread('one', 'two');
    const [here, there] = [openTab({ threadId }), openTab({ threadId, transport: 'poll' })];
    await act(() => here.result.current.send('hold'));
    await waitFor(() => expect(there.result.current.status).toBe('running'));
    await act(() => here.result.current.send('stall'));
    gate.resolve();
    await waitFor(() => expect(getTexts(there).at(-1)).toBe('assistant: Hm'));
    await waitFor(() => expect(there.result.current.run?.id).toBe(here.result.current.run?.id));
    expect(there.result.current.status).toBe('running');
    await act(() => here.result.current.stop());
    await waitFor(() => expect(there.result.current.run?.status).toBe('cancelled'));
  });

  it('adds a message without a run', async () => {
    const { openTab } = await createTabs();
    const tab = openTab();
    await act(() => tab.result.current.addMessage('Only to be noted'));
    await waitFor(() => expect(getTexts(tab)).toEqual(['user: Only to be noted']));
    await waitUntilIdle(tab);
    expect(tab.result.current.run).toBeUndefined();
  });
});

describe('useAssistantChat', () => {
  it('has the members of useAssistant in the AI SDK', async () => {
    const { client, assistantId } = await createTabs();
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
