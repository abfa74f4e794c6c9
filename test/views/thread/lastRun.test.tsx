import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { ScriptedScenario } from 'assistants-react/backend';
import { createWorld, said } from '../createTestHarness.js';

const fast = { interval: 5 };
const status = () => document.querySelector('[data-part="run-status"]');

/** A thread whose only run has ended as the scenario has it, before anybody opens it. */
async function endedWorld(scenario: ScriptedScenario, { cancels = false } = {}) {
  let nowMs = 1_700_000_000_000;
  const world = createWorld({ scenario, backend: { now: () => nowMs } });
  const assistantId = await world.assistant();
  const threadId = await world.thread('Hello');
  const { id: runId } = await world.other.createRun({
    threadId,
    body: { assistant_id: assistantId },
  });
  if (cancels) await world.other.cancelRun({ threadId, runId });
  else await world.backend.idle();
  nowMs += 60_000;
  return { ...world, assistantId, threadId };
}

/** Everything that opening the thread asks for has been answered. */
async function opened(world: { queryClient: { isFetching: () => number } }) {
  await screen.findByText('Hello');
  await waitFor(() => expect(world.queryClient.isFetching()).toBe(0), fast);
}

it('says after a reload why the last run failed, for one request, and runs again on request', async () => {
  let tries = 0;
  const world = await endedWorld(() =>
    ++tries === 1 ? [{ fail: 'rate_limit_exceeded' }] : 'Whole answer',
  );
  const { user } = world.open(
    { assistantId: world.assistantId, threadId: world.threadId },
    { strict: true },
  );

  expect(await screen.findByText(/Too many requests, or the quota is used up/)).toBeVisible();
  await opened(world);
  expect(world.requests.toSorted()).toEqual([
    'GET /threads/{thread}/messages',
    'GET /threads/{thread}/runs',
  ]);
  expect(document.querySelector('[data-part="announcer"] [role="alert"]')).toBeEmptyDOMElement();

  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('Whole answer');
  expect(world.written()).toEqual(['POST /threads/{thread}/runs']);
  expect(said()).toEqual(['user: Hello', 'assistant: Whole answer']);
});

it('says after a reload that the last run expired', async () => {
  let nowMs = 1_700_000_000_000;
  const world = createWorld({
    scenario: [{ say: { call: 'get_weather', with: {} } }],
    backend: { now: () => nowMs },
  });
  const assistantId = await world.assistant();
  const threadId = await world.thread('Hello');
  await world.other.createRun({ threadId, body: { assistant_id: assistantId } });
  nowMs += 700_000;

  world.open({ assistantId, threadId });

  await waitFor(() => expect(status()).toHaveAttribute('data-status', 'expired'), fast);
  expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
});

it('offers another try where the last run was stopped before it wrote a word', async () => {
  const world = await endedWorld(() => [{ stall: true }], { cancels: true });

  world.open({ assistantId: world.assistantId, threadId: world.threadId });

  await waitFor(() => expect(status()).toHaveAttribute('data-status', 'cancelled'), fast);
  expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
});

it('leaves it to the message that was cut short, and to nobody else, to say so', async () => {
  const world = await endedWorld([{ say: ['It was a ', { cut: 'max_completion_tokens' }] }]);

  world.open({ assistantId: world.assistantId, threadId: world.threadId });

  expect(
    await screen.findByText('The answer reached its length limit. Ask the assistant to go on.'),
  ).toBeVisible();
  await opened(world);
  expect(status()).toBeNull();
});

it('says nothing of a failure behind which the thread went on', async () => {
  const world = await endedWorld([{ say: [{ fail: 'server_error' }] }]);
  await world.other.createMessage({
    threadId: world.threadId,
    body: { role: 'assistant', content: 'Written by hand' },
  });

  world.open({ assistantId: world.assistantId, threadId: world.threadId });

  await screen.findByText('Written by hand');
  await opened(world);
  await waitFor(
    () =>
      expect(document.querySelector('[data-part="thread"]')).toHaveAttribute(
        'data-status',
        'failed',
      ),
    fast,
  );
  expect(status()).toBeNull();
});
