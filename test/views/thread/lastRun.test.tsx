import { screen, waitFor } from '@testing-library/react';
import { english } from 'assistants-react';
import { expect, it } from 'vitest';
import type { ScriptedScenario } from 'assistants-react/backend';
import { createTestHarness, getMessages, sendMessage } from '../createTestHarness.js';

const getRunStatus = () => document.querySelector('[data-part="run-status"]');

/** Creates a thread whose only run has ended a minute ago. */
async function createEndedRun(scenario: ScriptedScenario, { isCancelled = false } = {}) {
  let nowMs = 1_700_000_000_000;
  const harness = createTestHarness({ scenario, backend: { now: () => nowMs } });
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread('Hello');
  const { id: runId } = await harness.otherClient.createRun({
    threadId,
    body: { assistant_id: assistantId },
  });
  if (isCancelled) await harness.otherClient.cancelRun({ threadId, runId });
  else await harness.backend.idle();
  nowMs += 60_000;
  return { ...harness, assistantId, threadId };
}

/** Waits until the thread is open and all its requests are answered. */
async function waitUntilLoaded(harness: { queryClient: { isFetching: () => number } }) {
  await screen.findByText('Hello');
  await waitFor(() => expect(harness.queryClient.isFetching()).toBe(0));
}

it('shows after a reload why the last run failed, with one request, and retries it', async () => {
  let runCount = 0;
  const harness = await createEndedRun(() => {
    runCount += 1;
    return runCount === 1 ? [{ fail: 'rate_limit_exceeded' }] : 'Whole answer';
  });
  const { user } = harness.openThread(
    { assistantId: harness.assistantId, threadId: harness.threadId },
    { strict: true },
  );

  expect(await screen.findByText(/Rate limit reached/)).toBeVisible();
  await waitUntilLoaded(harness);
  expect(harness.requests.toSorted()).toEqual([
    'GET /threads/{thread}/messages',
    'GET /threads/{thread}/runs',
  ]);
  expect(document.querySelector('[data-part="announcer"] [role="alert"]')).toBeEmptyDOMElement();

  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('Whole answer');
  expect(harness.takeWrites()).toEqual(['POST /threads/{thread}/runs']);
  expect(getMessages()).toEqual(['user: Hello', 'assistant: Whole answer']);
});

it('offers no retry of the last run in a thread without an assistant', async () => {
  const harness = await createEndedRun([{ say: [{ fail: 'rate_limit_exceeded' }] }]);
  harness.openThread({ threadId: harness.threadId });
  expect(await screen.findByText(/Rate limit reached/)).toBeVisible();
  await waitUntilLoaded(harness);
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});

it('shows after a reload that the last run expired', async () => {
  let nowMs = 1_700_000_000_000;
  const harness = createTestHarness({
    scenario: [{ say: { call: 'get_weather', with: {} } }],
    backend: { now: () => nowMs },
  });
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread('Hello');
  await harness.otherClient.createRun({ threadId, body: { assistant_id: assistantId } });
  nowMs += 700_000;

  harness.openThread({ assistantId, threadId });

  await waitFor(() => expect(getRunStatus()).toHaveAttribute('data-status', 'expired'));
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible();
});

it('offers a retry if the last run was cancelled before it wrote anything', async () => {
  const harness = await createEndedRun(() => [{ stall: true }], { isCancelled: true });

  harness.openThread({ assistantId: harness.assistantId, threadId: harness.threadId });

  await waitFor(() => expect(getRunStatus()).toHaveAttribute('data-status', 'cancelled'));
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible();
});

it('shows an incomplete run only in its message', async () => {
  const harness = await createEndedRun([{ say: ['It was a ', { cut: 'max_completion_tokens' }] }]);

  harness.openThread({ assistantId: harness.assistantId, threadId: harness.threadId });

  expect(await screen.findByText(english.message.incomplete.max_tokens)).toBeVisible();
  await waitUntilLoaded(harness);
  expect(getRunStatus()).toBeNull();
});

it('hides a failed run that newer messages supersede', async () => {
  const harness = await createEndedRun([{ say: [{ fail: 'server_error' }] }]);
  await harness.otherClient.createMessage({
    threadId: harness.threadId,
    body: { role: 'assistant', content: 'Written by hand' },
  });

  harness.openThread({ assistantId: harness.assistantId, threadId: harness.threadId });

  await screen.findByText('Written by hand');
  await waitUntilLoaded(harness);
  await waitFor(() =>
    expect(document.querySelector('[data-part="thread"]')).toHaveAttribute('data-status', 'failed'),
  );
  expect(getRunStatus()).toBeNull();
});

it('says nothing about a completed run, and keeps the room of the status', async () => {
  const harness = await createEndedRun([{ say: 'Whole answer' }]);
  const { user } = harness.openThread({
    assistantId: harness.assistantId,
    threadId: harness.threadId,
  });
  await screen.findByText('Whole answer');
  await sendMessage(user, 'Again');
  await waitFor(() => expect(getMessages()).toHaveLength(4));
  await waitFor(() => expect(getRunStatus()).toHaveAttribute('data-status', 'completed'));
  expect(getRunStatus()).toBeEmptyDOMElement();
});

it('says nothing about the run before a message that was not sent', async () => {
  const harness = await createEndedRun([{ say: { fail: 'server_error' } }]);
  const { user } = harness.openThread({
    assistantId: harness.assistantId,
    threadId: harness.threadId,
  });
  expect(await screen.findByText('Server error.', { exact: false })).toBeVisible();
  harness.intercept(async ({ method }) => {
    if (method === 'POST') throw new TypeError('Failed to fetch');
    return undefined;
  });
  await sendMessage(user, 'Lost');
  await screen.findByText('Not sent');
  expect(getRunStatus()).toBeEmptyDOMElement();
  await user.click(screen.getByRole('button', { name: 'Dismiss' }));
  await waitFor(() => expect(getRunStatus()).toHaveTextContent('Server error.'));
});
