import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { RunInspector } from 'assistants-react';
import { expect, it } from 'vitest';
import {
  createTestHarness,
  findErrorNotice,
  createErrorResponse,
  sendMessage,
} from '../createTestHarness.js';

const getRuns = () => [...document.querySelectorAll<HTMLElement>('[data-part="inspected-run"]')];
const getStatuses = () => getRuns().map(({ dataset }) => dataset['status']);

/** Creates a thread with two runs: one that completes, and one that fails. */
async function createTwoRuns() {
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

  const user = userEvent.setup();
  const runsWithSteps = new Set<string | undefined>();
  harness.intercept(async ({ url }) => {
    if (url.includes('/steps')) runsWithSteps.add(/run_\w+/.exec(url)?.[0]);
    return undefined;
  });
  harness.render(<RunInspector threadId={threadId} />);
  await waitFor(() => expect(getStatuses()).toEqual(['failed', 'completed']));
  return { harness, user, threadId, runsWithSteps };
}

it('shows the runs of a thread, newest first, and requests the steps of a run once it is expanded', async () => {
  const { user, runsWithSteps } = await createTwoRuns();
  const [newest, older] = getRuns().map((run) => within(run));
  await waitFor(() =>
    expect([...runsWithSteps]).toEqual([getRuns()[0]?.getAttribute('aria-label')]),
  );
  expect(await newest?.findByText('Server error.')).toBeVisible();
  // JSON is left to right in every page.
  expect(screen.getByText(/"object": "thread.run"/)).toHaveAttribute('dir', 'ltr');

  await user.click(getRuns()[1]?.querySelector('summary') as HTMLElement);

  expect(await older?.findByText('Wrote a message')).toBeVisible();
  expect([...runsWithSteps]).toEqual(getRuns().map((run) => run.getAttribute('aria-label')));
});

it('copies the request of a run without the key', async () => {
  const { user, threadId } = await createTwoRuns();
  await user.click(await screen.findByRole('button', { name: 'Copy as cURL' }));
  await screen.findAllByText('Copied');
  const command = await navigator.clipboard.readText();
  expect(command).toContain(`/v1/threads/${threadId}/runs'`);
  expect(command).toContain('"assistant_id":"asst_');
  expect(command).toContain('Bearer $API_KEY');
});

it('compares two runs', async () => {
  const { user } = await createTwoRuns();
  await user.click(getRuns()[1]?.querySelector('summary') as HTMLElement);
  const getButtons = () => screen.getAllByRole('button', { name: 'Compare' });
  await waitFor(() => expect(getButtons()).toHaveLength(2));
  for (const button of getButtons()) await user.click(button);

  const table = within(await screen.findByRole('region', { name: 'Comparison' }));
  expect(table.getByRole('row', { name: /^status completed failed$/ })).toBeVisible();
  await user.click(table.getByRole('button', { name: 'Close comparison' }));
  expect(screen.queryByRole('region', { name: 'Comparison' })).not.toBeInTheDocument();
});

it('shows the events of a run that the server keeps', async () => {
  const { user } = await createTwoRuns();
  await user.click(screen.getByText('Events'));
  const events = within(await screen.findByRole('list', { name: 'Events' }));
  expect(await events.findByText('thread.run.failed')).toBeVisible();
});

it('says that a server keeps no events', async () => {
  const { harness, user } = await createTwoRuns();
  harness.intercept(async ({ url }) =>
    url.includes('stream=true') ? createErrorResponse(400, 'No events.') : undefined,
  );
  await user.click(screen.getByText('Events'));
  expect(await screen.findByText('This server keeps no events of this run.')).toBeVisible();
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
