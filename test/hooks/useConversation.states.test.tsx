import { act, renderHook, waitFor } from '@testing-library/react';
import {
  createAssistantsClient,
  useConversation,
  type ConversationOptions,
} from 'assistants-react';
import { expect, it } from 'vitest';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import type { ScriptedScenario } from '../../src/backend/models/scripted/scenario.js';
import { latch } from '../queries/createTestHarness.js';
import { createHookWorld } from './renderWithBackend.js';

const fast = { interval: 5 };

async function open(scenario: ScriptedScenario, options: ConversationOptions = {}) {
  const world = createHookWorld({ backend: { model: scriptedModel(scenario), now: Date.now } });
  const assistantId = await world.assistant({
    tools: [{ type: 'function', function: { name: 'get_weather' } }],
  });
  const statuses: string[] = [];
  const hook = renderHook(
    (props: ConversationOptions) => {
      const conversation = useConversation({ assistantId, ...props });
      if (statuses.at(-1) !== conversation.status) statuses.push(conversation.status);
      return conversation;
    },
    { wrapper: world.wrapper, initialProps: options },
  );
  return { ...world, ...hook, statuses, texts: () => hook.result.current.messages.map(textOf) };
}

function textOf({ message }: ReturnType<typeof useConversation>['messages'][number]): string {
  return message.content.map((part) => (part.type === 'text' ? part.text.value : '')).join('');
}

it('says in one word where it stands, from the first message over a call to the end', async () => {
  const { result, statuses, texts } = await open([
    { say: { call: 'get_weather', with: { city: 'Paris' } }, after: 'Sunny.' },
  ]);
  expect(result.current.status).toBe('idle');

  await act(() => result.current.send('Weather?'));
  await waitFor(() => expect(result.current.status).toBe('awaiting-tools'), fast);
  const [call] = result.current.pendingToolCalls;
  expect(call?.function).toMatchObject({ name: 'get_weather', arguments: '{"city":"Paris"}' });
  await act(() =>
    result.current.submitToolOutputs([{ tool_call_id: call?.id ?? '', output: 'sun' }]),
  );
  await waitFor(() => expect(result.current.run?.status).toBe('completed'), fast);
  await waitFor(() => expect(result.current.status).toBe('idle'), fast);

  expect(statuses[0]).toBe('idle');
  expect(statuses).toContain('sending');
  expect(statuses.indexOf('awaiting-tools')).toBeGreaterThan(statuses.indexOf('sending'));
  expect(statuses).not.toContain('error');
  expect(result.current.pendingToolCalls).toEqual([]);
  expect(result.current.usage).toMatchObject({ total_tokens: expect.any(Number) as number });
  expect(texts()).toEqual(['Weather?', 'Sunny.']);
});

it('gives the failure of a run as an error of kind run', async () => {
  const { result } = await open([{ say: { fail: 'rate_limit_exceeded', message: 'Slow down.' } }]);

  await act(() => result.current.send('Hello'));
  await waitFor(() => expect(result.current.status).toBe('error'), fast);

  expect(result.current.error).toMatchObject({
    kind: 'run',
    code: 'rate_limit_exceeded',
    message: 'Slow down.',
  });
  expect(result.current.error?.runId).toBe(result.current.run?.id);
});

it('refuses outputs that no run waits for', async () => {
  const { result } = await open([{ say: 'Hello' }]);

  await expect(result.current.submitToolOutputs([])).rejects.toMatchObject({ kind: 'run' });
});

it('keeps the rows that do not change while one grows, and the keys of all', async () => {
  const held = latch();
  const { result, texts } = await open([
    { when: 'One', say: 'First' },
    { say: ['Sec', { hold: held.opened }, 'ond'] },
  ]);
  await act(() => result.current.send('One'));
  await waitFor(() => expect(texts()).toEqual(['One', 'First']), fast);
  await act(() => result.current.send('Two'));
  await waitFor(() => expect(texts()).toEqual(['One', 'First', 'Two', 'Sec']), fast);
  await waitFor(
    () =>
      expect(result.current.messages.map(({ state }) => state)).toEqual([
        'stored',
        'stored',
        'stored',
        'growing',
      ]),
    fast,
  );
  const before = result.current.messages;

  held.open();
  await waitFor(() => expect(texts()[3]).toBe('Second'), fast);
  const after = result.current.messages;

  expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
  expect(after.slice(0, 3).map((row, index) => row === before[index])).toEqual([true, true, true]);
});

it('lets a run go without stopping it', async () => {
  const held = latch();
  const { result, texts, requests } = await open([{ say: ['Sec', { hold: held.opened }, 'ond'] }]);
  await act(() => result.current.send('Go'));
  await waitFor(() => expect(texts()).toEqual(['Go', 'Sec']), fast);

  act(() => result.current.detach());
  await waitFor(() => expect(result.current.status).toBe('idle'), fast);
  held.open();
  await act(() => result.current.send('Again'));
  await waitFor(() => expect(texts()).toEqual(['Go', 'Second', 'Again', 'Second']), {
    ...fast,
    timeout: 4_000,
  });

  expect(requests.filter((request) => request.endsWith('/cancel'))).toEqual([]);
});

it('sends additional instructions with the run, and settings of every run', async () => {
  const { result, client } = await open([{ say: ({ request }) => request.instructions }], {
    runOptions: { metadata: { from: 'test' } },
  });

  await act(() => result.current.send({ content: 'Hello', additionalInstructions: 'Be brief.' }));
  await waitFor(() => expect(result.current.run?.status).toBe('completed'), fast);

  expect(result.current.run?.metadata).toEqual({ from: 'test' });
  const { data } = await client.listMessages({ threadId: result.current.threadId ?? '' });
  expect(JSON.stringify(data[0]?.content)).toContain('Be brief.');
});

it('is another conversation for another client', async () => {
  const { result, rerender } = await open([{ say: 'Hello' }]);
  await act(() => result.current.send('Hi'));
  await waitFor(() => expect(result.current.run?.status).toBe('completed'), fast);
  const { threadId } = result.current;

  rerender({ threadId });
  expect(result.current.run?.status).toBe('completed');
  rerender({ threadId: null });

  expect(result.current.messages).toEqual([]);
  expect(result.current.threadId).toBeUndefined();
  expect(createAssistantsClient({ baseUrl: 'http://elsewhere.test' }).scope).toBe(
    'http://elsewhere.test',
  );
});
