import { screen, waitFor } from '@testing-library/react';
import { RunInspector } from 'assistants-react';
import { expect, it } from 'vitest';
import {
  createTestHarness,
  findErrorNotice,
  createErrorResponse,
  sendMessage,
} from '../createTestHarness.js';

const getStatuses = () =>
  [
    ...document.querySelectorAll<HTMLElement>(
      '[data-part="run-inspector"] [data-part="run-status"]',
    ),
  ].map(({ dataset }) => dataset['status']);

it('shows the runs of a thread, newest first, with their steps and their JSON', async () => {
  const harness = createTestHarness({
    scenario: [{ when: 'fail', say: { fail: 'server_error' } }, { say: 'Done' }],
  });
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread('Hello');
  await harness.otherClient.createRun({ threadId, body: { assistant_id: assistantId } });
  await harness.backend.idle();
  await harness.otherClient.createMessage({ threadId, body: { role: 'user', content: 'fail' } });
  await harness.otherClient.createRun({ threadId, body: { assistant_id: assistantId } });
  await harness.backend.idle();

  harness.render(<RunInspector threadId={threadId} />);

  await waitFor(() => expect(getStatuses()).toEqual(['failed', 'completed']));
  expect(await screen.findAllByText('1 step')).not.toHaveLength(0);
  const json = screen.getAllByText(/"object": "thread.run"/);
  // JSON is left to right in every page.
  expect(json.map((element) => element.dir)).toEqual(['ltr', 'ltr']);
});

it('shows the run of a view on the same page without requesting the list again', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread();
  const { user } = harness.openThread({ assistantId, threadId });
  harness.render(<RunInspector threadId={threadId} />);
  await screen.findByText('No runs yet.');
  const listRequests: string[] = [];
  harness.intercept(async ({ method, url }) => {
    const { pathname, searchParams } = new URL(url);
    // The view requests the newest run with a limit of 1.
    if (method === 'GET' && pathname.endsWith('/runs') && searchParams.get('limit') !== '1')
      listRequests.push(url);
    return undefined;
  });

  await sendMessage(user, 'Hello');
  await waitFor(() => expect(getStatuses()).toEqual(['completed']));

  expect(listRequests).toEqual([]);
});

it('sends no request without a thread', () => {
  const harness = createTestHarness();
  harness.render(<RunInspector threadId={undefined} />);

  expect(screen.getByText('No runs yet.')).toBeVisible();
  expect(harness.requests).toEqual([]);
});

it('shows an error', async () => {
  const harness = createTestHarness();
  harness.intercept(async () => createErrorResponse(403, 'Not yours.'));
  harness.render(<RunInspector threadId={await harness.createThread()} />);

  expect(await findErrorNotice()).toHaveTextContent('Not allowed');
});
