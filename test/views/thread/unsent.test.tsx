import { QueryClient } from '@tanstack/react-query';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { AssistantsProvider, ThreadView } from 'assistants-react';
import { expect, it } from 'vitest';
import { createWorld, isPost, latch, refusal, rowOf, said, say } from '../createTestHarness.js';

const fast = { interval: 5 };
const offline = async (request: Request) => {
  if (request.method === 'POST') throw new TypeError('Failed to fetch');
  return undefined;
};
type World = ReturnType<typeof createWorld>;

/** The same tab after a reload: nothing is left of the page but what the browser keeps. */
function reload(
  { client }: World,
  props: { assistantId: string; threadId?: string },
  before: { unmount: () => void },
) {
  window.dispatchEvent(new Event('pagehide'));
  const stored = Object.entries(sessionStorage);
  before.unmount();
  // What the old page does from here on, it does no more.
  sessionStorage.clear();
  for (const [name, text] of stored) sessionStorage.setItem(name, text);
  const page = render(
    <AssistantsProvider client={client} queryClient={new QueryClient()}>
      <ThreadView {...props} />
    </AssistantsProvider>,
  );
  return { ...page, user: userEvent.setup({ delay: null }) };
}

const retry = async (text: string) =>
  within(rowOf(text)).findByRole('button', { name: 'Try again' });

it('keeps a message that could not be sent while another thread is shown', async () => {
  const world = createWorld();
  const [threadId, elsewhere] = [await world.thread('Here'), await world.thread('Elsewhere')];
  const { user, go } = world.open(
    { assistantId: await world.assistant(), threadId },
    { strict: true },
  );
  await screen.findByText('Here');
  world.guard(offline);
  await say(user, 'Kept');
  await screen.findByText('Not sent');

  go(elsewhere);
  await screen.findByText('Elsewhere');
  expect(said()).toEqual(['user: Elsewhere']);
  go(threadId);
  await screen.findByText('Here');
  expect(said()).toEqual(['user: Here', 'user: Kept']);
  world.guard(async () => undefined);
  await user.click(await retry('Kept'));
  await screen.findByText('You said: Kept');

  expect(said()).toEqual(['user: Here', 'user: Kept', 'assistant: You said: Kept']);
});

it('goes on sending what waits while another thread is shown, and shows it once on return', async () => {
  const held = latch();
  const world = createWorld();
  const [threadId, elsewhere] = [await world.thread('Here'), await world.thread('Elsewhere')];
  const { user, go } = world.open({ assistantId: await world.assistant(), threadId });
  await screen.findByText('Here');
  world.guard(async (request) => {
    if (isPost(request, /messages$/)) await held.opened;
    return undefined;
  });
  await say(user, 'On its way');

  go(elsewhere);
  await screen.findByText('Elsewhere');
  go(threadId);
  await screen.findByText('Here');
  expect(said()).toEqual(['user: Here', 'user: On its way']);
  held.open();
  await screen.findByText('You said: On its way');

  expect(said()).toEqual(['user: Here', 'user: On its way', 'assistant: You said: On its way']);
  expect(world.written()).toEqual([
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);
});

it('keeps a message that could not be sent over a reload, and sends it when it is asked to', async () => {
  const world = createWorld();
  const assistantId = await world.assistant();
  const threadId = await world.thread('Earlier');
  const first = world.open({ assistantId, threadId });
  await screen.findByText('Earlier');
  world.guard(offline);
  await say(first.user, 'Kept');
  await screen.findByText('Not sent');
  world.guard(async () => undefined);
  world.written();

  const { user } = reload(world, { assistantId, threadId }, first);
  await screen.findByText('Earlier');
  expect(said()).toEqual(['user: Earlier', 'user: Kept']);
  expect(world.written()).toEqual([]);
  await user.click(await retry('Kept'));
  await screen.findByText('You said: Kept');

  expect(said()).toEqual(['user: Earlier', 'user: Kept', 'assistant: You said: Kept']);
  expect(Object.keys(sessionStorage).filter((name) => name.includes('outbox'))).toEqual([]);
});

it('keeps a first message over a reload before its thread was made', async () => {
  const world = createWorld();
  const assistantId = await world.assistant();
  const first = world.open({ assistantId });
  world.guard(offline);
  await say(first.user, 'Kept');
  await screen.findByText('Not sent');
  world.guard(async () => undefined);

  const { user } = reload(world, { assistantId }, first);
  await screen.findByText('Kept');
  await user.click(await retry('Kept'));
  await screen.findByText('You said: Kept');

  expect(said()).toEqual(['user: Kept', 'assistant: You said: Kept']);
});

it('forgets a message that is dismissed after a reload', async () => {
  const world = createWorld();
  const assistantId = await world.assistant();
  const first = world.open({ assistantId });
  world.guard(offline);
  await say(first.user, 'Kept');
  await screen.findByText('Not sent');

  const second = reload(world, { assistantId }, first);
  await screen.findByText('Kept');
  await second.user.click(within(rowOf('Kept')).getByRole('button', { name: 'Dismiss' }));
  reload(world, { assistantId }, second);

  expect(said()).toEqual([]);
});

it('finds in the thread what was on its way when the page was left, and asks only for the run', async () => {
  const world = createWorld();
  const assistantId = await world.assistant();
  const threadId = await world.thread('Earlier');
  const first = world.open({ assistantId, threadId });
  await screen.findByText('Earlier');
  // The message gets there; its answer does not.
  world.guard(async (request) => {
    if (!isPost(request, /messages$/)) return undefined;
    await world.backend.fetch(request);
    return new Promise(() => undefined);
  });
  await say(first.user, 'Half sent');
  await waitFor(
    async () => expect((await world.other.listMessages({ threadId })).data).toHaveLength(2),
    fast,
  );
  world.guard(async () => undefined);
  world.written();

  const { user } = reload(world, { assistantId, threadId }, first);
  await screen.findByText('Half sent');
  await user.click(await retry('Half sent'));
  await screen.findByText('You said: Half sent');

  expect(said()).toEqual(['user: Earlier', 'user: Half sent', 'assistant: You said: Half sent']);
  expect(world.written()).toEqual(['POST /threads/{thread}/runs']);
});

it('takes what was on its way for sent when the run has answered it meanwhile', async () => {
  const world = createWorld();
  const assistantId = await world.assistant();
  const threadId = await world.thread('Earlier');
  const first = world.open({ assistantId, threadId });
  await screen.findByText('Earlier');
  world.guard(async (request) => {
    if (!isPost(request, /runs$/)) return undefined;
    void world.backend.fetch(request);
    return new Promise(() => undefined);
  });
  await say(first.user, 'Sent');
  await act(() => world.backend.idle());
  await waitFor(
    async () => expect((await world.other.listMessages({ threadId })).data).toHaveLength(3),
    fast,
  );
  world.guard(async () => undefined);

  reload(world, { assistantId, threadId }, first);
  await screen.findByText('You said: Sent');

  await waitFor(
    () => expect(said()).toEqual(['user: Earlier', 'user: Sent', 'assistant: You said: Sent']),
    fast,
  );
  await waitFor(() => expect(screen.queryByText('Not sent')).toBeNull(), fast);
});

it('tells after a reload, and after another try, what the server refuses', async () => {
  const world = createWorld();
  const assistantId = await world.assistant();
  const first = world.open({ assistantId });
  world.guard(async (request) =>
    request.method === 'POST' ? refusal(400, 'Too long.') : undefined,
  );
  await say(first.user, 'Kept');
  await screen.findByText('Not sent');

  const { user } = reload(world, { assistantId }, first);
  await screen.findByText('Kept');
  expect(rowOf('Kept')).toHaveTextContent('Too long.');
  await user.click(await retry('Kept'));

  await waitFor(() => expect(rowOf('Kept')).toHaveTextContent('Too long.'), fast);
});
