import { screen, waitFor } from '@testing-library/react';
import { RunInspector } from 'assistants-react';
import { expect, it } from 'vitest';
import { createWorld, notice, refusal, say } from '../createTestHarness.js';

const statuses = () =>
  [
    ...document.querySelectorAll<HTMLElement>(
      '[data-part="run-inspector"] [data-part="run-status"]',
    ),
  ].map(({ dataset }) => dataset['status']);

it('shows the runs of a thread, newest first, with their steps and their JSON', async () => {
  const world = createWorld({
    scenario: [{ when: 'fail', say: { fail: 'server_error' } }, { say: 'Done' }],
  });
  const assistantId = await world.assistant();
  const threadId = await world.thread('Hello');
  await world.other.createRun({ threadId, body: { assistant_id: assistantId } });
  await world.backend.idle();
  await world.other.createMessage({ threadId, body: { role: 'user', content: 'fail' } });
  await world.other.createRun({ threadId, body: { assistant_id: assistantId } });
  await world.backend.idle();

  world.render(<RunInspector threadId={threadId} />);

  await waitFor(() => expect(statuses()).toEqual(['failed', 'completed']), { interval: 5 });
  expect(await screen.findAllByText('1 step')).not.toHaveLength(0);
  const shown = screen.getAllByText(/"object": "thread.run"/);
  // In a page that runs from right to left too: JSON does not.
  expect(shown.map((element) => element.dir)).toEqual(['ltr', 'ltr']);
});

it('follows the run of a view beside it without asking for the list again', async () => {
  const world = createWorld();
  const assistantId = await world.assistant();
  const threadId = await world.thread();
  const { user } = world.open({ assistantId, threadId });
  world.render(<RunInspector threadId={threadId} />);
  await screen.findByText('No runs yet.');
  const asked: string[] = [];
  world.guard(async ({ method, url }) => {
    const { pathname, searchParams } = new URL(url);
    // The view asks for the one active run.
    if (method === 'GET' && pathname.endsWith('/runs') && searchParams.get('limit') !== '1')
      asked.push(url);
    return undefined;
  });

  await say(user, 'Hello');
  await waitFor(() => expect(statuses()).toEqual(['completed']), { interval: 5 });

  expect(asked).toEqual([]);
});

it('asks nothing where there is no thread', () => {
  const world = createWorld();
  world.render(<RunInspector threadId={undefined} />);

  expect(screen.getByText('No runs yet.')).toBeVisible();
  expect(world.requests).toEqual([]);
});

it('says what failed', async () => {
  const world = createWorld();
  world.guard(async () => refusal(403, 'Not yours.'));
  world.render(<RunInspector threadId={await world.thread()} />);

  expect(await notice()).toHaveTextContent('Not allowed');
});
