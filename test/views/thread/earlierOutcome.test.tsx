import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { createTestHarness, getMessage, sendMessage } from '../createTestHarness.js';

/** Fails the first answer, and sends another message a minute later. */
async function openThread() {
  let nowMs = 1_700_000_000_000;
  const harness = createTestHarness({
    scenario: [{ when: 'One', say: { fail: 'rate_limit_exceeded' } }, { say: 'Fine.' }],
    backend: { now: () => nowMs },
  });
  const assistantId = await harness.createAssistant();
  const page = harness.openThread({ assistantId });
  await sendMessage(page.user, 'One');
  await screen.findByText('Rate limit reached.', { exact: false });
  nowMs += 60_000;
  await sendMessage(page.user, 'Two');
  await screen.findByText('Fine.');
  return { harness, page, assistantId };
}

const getOutcomes = () => [...document.querySelectorAll('[data-part="run-outcome"]')];
const isRunList = (request: string) => request === 'GET /threads/{thread}/runs';

it('keeps a line below the message of a failed run after the next message, without a request', async () => {
  const { harness } = await openThread();
  await waitFor(() => expect(getOutcomes()).toHaveLength(1));
  const [outcome] = getOutcomes();
  expect(outcome).toHaveTextContent('Rate limit reached.');
  expect(outcome?.closest('[data-part="message-row"]')).toContainElement(getMessage('One'));
  expect(harness.requests.filter(isRunList)).toEqual([]);
});

it('shows it after a reload with one request', async () => {
  const { harness, page, assistantId } = await openThread();
  const threadId = page.reportedIds.at(-1) ?? '';
  page.unmount();
  harness.queryClient.clear();
  harness.requests.splice(0);
  harness.openThread({ assistantId, threadId });
  await waitFor(() => expect(getOutcomes()).toHaveLength(1));
  await waitFor(() => expect(harness.queryClient.isFetching()).toBe(0));
  // The newest run, which every thread requests, and the list.
  expect(harness.requests.filter(isRunList)).toHaveLength(2);
});

it('requests no runs in a thread whose messages have answers, and shows nothing where no run failed', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const page = harness.openThread({ assistantId });
  await sendMessage(page.user, 'One');
  await screen.findByText('You said: One');
  await sendMessage(page.user, 'Two');
  await screen.findByText('You said: Two');
  expect(harness.requests.filter(isRunList)).toEqual([]);
  page.unmount();

  harness.openThread({ assistantId, threadId: await harness.createThread('A note', 'Another') });
  await screen.findByText('Another');
  await waitFor(() => expect(harness.queryClient.isFetching()).toBe(0));
  expect(getOutcomes()).toEqual([]);
});
