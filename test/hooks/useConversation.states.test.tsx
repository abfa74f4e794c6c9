import { act, renderHook, waitFor } from '@testing-library/react';
import {
  getMessageText,
  useConversation,
  type ConversationOptions,
  type MessageObject as Message,
} from 'assistants-react';
import { describe, expect, it } from 'vitest';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import type { ScriptedScenario } from '../../src/backend/models/scripted/findReply.js';
import { createDeferred } from '../createDeferred.js';
import { createHookHarness } from './createHookHarness.js';

async function renderConversation(scenario: ScriptedScenario, options: ConversationOptions = {}) {
  const harness = createHookHarness({ backend: { model: scriptedModel(scenario), now: Date.now } });
  const assistantId = await harness.createAssistant({
    tools: [{ type: 'function', function: { name: 'get_weather' } }],
  });
  const statuses: string[] = [];
  const stoppable = new Set<string>();
  const hook = renderHook(
    (props: ConversationOptions) => {
      const conversation = useConversation({ assistantId, ...props });
      if (statuses.at(-1) !== conversation.status) statuses.push(conversation.status);
      if (conversation.canStop) stoppable.add(conversation.status);
      return conversation;
    },
    { wrapper: harness.wrapper, initialProps: options },
  );
  return {
    ...harness,
    ...hook,
    statuses,
    /** Statuses in which `canStop` was true. */
    stoppable,
    texts: () => hook.result.current.messages.map(({ message }) => getMessageText(message)),
  };
}

it('reports its status from the first message over a tool call to the end', async () => {
  const { result, statuses, stoppable, texts } = await renderConversation([
    { say: { call: 'get_weather', with: { city: 'Paris' } }, after: 'Sunny.' },
  ]);
  expect(result.current.status).toBe('idle');

  await act(() => result.current.send('Weather?'));
  await waitFor(() => expect(result.current.status).toBe('awaiting-tools'));
  const [call] = result.current.pendingToolCalls;
  expect(call?.function).toMatchObject({ name: 'get_weather', arguments: '{"city":"Paris"}' });
  await act(() =>
    result.current.submitToolOutputs([{ tool_call_id: call?.id ?? '', output: 'sun' }]),
  );
  await waitFor(() => expect(result.current.run?.status).toBe('completed'));
  await waitFor(() => expect(result.current.status).toBe('idle'));

  expect(statuses[0]).toBe('idle');
  expect(statuses).toContain('sending');
  expect(statuses.indexOf('awaiting-tools')).toBeGreaterThan(statuses.indexOf('sending'));
  expect(statuses).not.toContain('error');
  expect(new Set(statuses.filter((status) => !stoppable.has(status)))).toEqual(new Set(['idle']));
  expect(result.current.canStop).toBe(false);
  expect(result.current.pendingToolCalls).toEqual([]);
  expect(result.current.usage).toMatchObject({ total_tokens: expect.any(Number) as number });
  expect(texts()).toEqual(['Weather?', 'Sunny.']);
});

it('reports a failed run as an error of kind run', async () => {
  const { result } = await renderConversation([
    { say: { fail: 'rate_limit_exceeded', message: 'Slow down.' } },
  ]);

  await act(() => result.current.send('Hello'));
  await waitFor(() => expect(result.current.status).toBe('error'));

  expect(result.current.error).toMatchObject({
    kind: 'run',
    code: 'rate_limit_exceeded',
    message: 'Slow down.',
  });
  expect(result.current.error?.runId).toBe(result.current.run?.id);
});

it('rejects tool outputs that no run waits for', async () => {
  const { result } = await renderConversation([{ say: 'Hello' }]);

  await expect(result.current.submitToolOutputs([])).rejects.toMatchObject({ kind: 'run' });
});

it('keeps all row keys and the unchanged rows while a message grows', async () => {
  const gate = createDeferred();
  const { result, texts } = await renderConversation([
    { when: 'One', say: 'First' },
    { say: ['Sec', { hold: gate.promise }, 'ond'] },
  ]);
  await act(() => result.current.send('One'));
  await waitFor(() => expect(texts()).toEqual(['One', 'First']));
  await act(() => result.current.send('Two'));
  await waitFor(() => expect(texts()).toEqual(['One', 'First', 'Two', 'Sec']));
  await waitFor(() =>
    expect(result.current.messages.map(({ state }) => state)).toEqual([
      'stored',
      'stored',
      'stored',
      'growing',
    ]),
  );
  const before = result.current.messages;

  gate.resolve();
  await waitFor(() => expect(texts()[3]).toBe('Second'));
  const after = result.current.messages;

  expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
  expect(after.slice(0, 3).map((row, index) => row === before[index])).toEqual([true, true, true]);
});

it('detaches from a run without cancelling it', async () => {
  const gate = createDeferred();
  const { result, texts, requests } = await renderConversation([
    { say: ['Sec', { hold: gate.promise }, 'ond'] },
  ]);
  await act(() => result.current.send('Go'));
  await waitFor(() => expect(texts()).toEqual(['Go', 'Sec']));

  act(() => result.current.detach());
  await waitFor(() => expect(result.current.status).toBe('idle'));
  gate.resolve();
  await act(() => result.current.send('Again'));
  await waitFor(() => expect(texts()).toEqual(['Go', 'Second', 'Again', 'Second']));

  expect(requests.filter((request) => request.endsWith('/cancel'))).toEqual([]);
});

it('sends runOptions and additional instructions with the run', async () => {
  const { result, client } = await renderConversation(
    [{ say: ({ request }) => request.instructions }],
    {
      runOptions: { metadata: { from: 'test' } },
    },
  );

  await act(() => result.current.send({ content: 'Hello', additionalInstructions: 'Be brief.' }));
  await waitFor(() => expect(result.current.run?.status).toBe('completed'));

  expect(result.current.run?.metadata).toEqual({ from: 'test' });
  const { data } = await client.listMessages({ threadId: result.current.threadId ?? '' });
  expect(JSON.stringify(data[0]?.content)).toContain('Be brief.');
});

it('starts a new conversation when the thread id is removed', async () => {
  const { result, rerender } = await renderConversation([{ say: 'Hello' }]);
  await act(() => result.current.send('Hi'));
  await waitFor(() => expect(result.current.run?.status).toBe('completed'));
  const { threadId } = result.current;

  rerender({ threadId });
  expect(result.current.run?.status).toBe('completed');
  rerender({ threadId: null });

  expect(result.current.messages).toEqual([]);
  expect(result.current.threadId).toBeUndefined();
});

describe('a run that settles while the thread is being opened', () => {
  /** Opens a thread whose messages were read before its run had settled. */
  async function openThread(
    changeMessages: (messages: Message[]) => object[],
    first: 'runs' | 'messages',
  ) {
    const harness = createHookHarness({
      backend: { model: scriptedModel([{ say: 'The answer' }]) },
    });
    const threadId = await harness.createThread(1);
    await harness.createSettledRun(threadId);
    const firstResponse = createDeferred();
    let isChanged = false;
    harness.intercept(async (request) => {
      const { pathname } = new URL(request.url);
      const name = pathname.endsWith('/messages') ? 'messages' : 'runs';
      if (name !== first) await firstResponse.promise;
      const response = await harness.backend.fetch(request);
      const list = (await response.json()) as { data: Message[] };
      if (name === 'messages' && !isChanged) {
        isChanged = true;
        list.data = changeMessages(list.data) as Message[];
      }
      return Response.json(list);
    });
    const { result } = renderHook(() => useConversation({ threadId }), {
      wrapper: harness.wrapper,
    });
    const isFirstShown = () =>
      first === 'messages'
        ? result.current.messages.length > 0
        : harness.queryClient
            .getQueryCache()
            .getAll()
            .some(({ state }) => state.status === 'success');
    await waitFor(() => expect(isFirstShown()).toBe(true));
    firstResponse.resolve();
    return {
      getTexts: () => result.current.messages.map(({ message }) => getMessageText(message)),
    };
  }

  it.each(['runs', 'messages'] as const)(
    'has its whole answer if its %s arrive first',
    async (first) => {
      const shortenAnswer = ([answer, ...rest]: Message[]) => [
        {
          ...answer,
          status: 'in_progress',
          content: [{ type: 'text', text: { value: 'The', annotations: [] } }],
        },
        ...rest,
      ];
      const { getTexts } = await openThread(shortenAnswer, first);
      await waitFor(() => expect(getTexts()).toEqual(['1', 'The answer']));
    },
  );

  it.each(['runs', 'messages'] as const)(
    'has an answer that was not there yet if its %s arrive first',
    async (first) => {
      const { getTexts } = await openThread(([_answer, ...rest]) => rest, first);
      await waitFor(() => expect(getTexts()).toEqual(['1', 'The answer']));
    },
  );
});
