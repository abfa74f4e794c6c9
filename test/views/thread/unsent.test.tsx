import { QueryClient } from '@tanstack/react-query';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { AssistantsProvider, ThreadView } from 'assistants-react';
import { expect, it } from 'vitest';
import { createDeferred } from '../../createDeferred.js';
import {
  createTestHarness,
  isPost,
  createErrorResponse,
  findErrorNotice,
  getMessage,
  getMessages,
  sendMessage,
} from '../createTestHarness.js';

const failOffline = async (request: Request) => {
  if (request.method === 'POST') throw new TypeError('Failed to fetch');
  return undefined;
};
const failAll = async (): Promise<undefined> => {
  throw new TypeError('Failed to fetch');
};
type TestHarness = ReturnType<typeof createTestHarness>;

/** Opens a thread with one message. */
async function openEarlier(harness: TestHarness) {
  const props = {
    assistantId: await harness.createAssistant(),
    threadId: await harness.createThread('Earlier'),
  };
  const page = harness.openThread(props);
  await screen.findByText('Earlier');
  return { ...page, props };
}

/** Simulates a reload: only what the browser stores survives. */
function reload(
  { client }: TestHarness,
  props: { assistantId: string; threadId?: string },
  page: { unmount: () => void },
) {
  window.dispatchEvent(new Event('pagehide'));
  const stored = Object.entries(sessionStorage);
  page.unmount();
  // Undoes what the unmount has stored: a real page would be gone by now.
  sessionStorage.clear();
  for (const [name, text] of stored) sessionStorage.setItem(name, text);
  const reloaded = render(
    <AssistantsProvider client={client} queryClient={new QueryClient()}>
      <ThreadView {...props} />
    </AssistantsProvider>,
  );
  return { ...reloaded, user: userEvent.setup({ delay: null }) };
}

/** Waits for a message that was not sent, and returns its button to try again. */
const findRetryButton = (text: string) =>
  waitFor(() => within(getMessage(text)).getByRole('button', { name: 'Try again' }));

it('keeps an unsent message while another thread is shown', async () => {
  const harness = createTestHarness();
  const [threadId, elsewhere] = [
    await harness.createThread('Here'),
    await harness.createThread('Elsewhere'),
  ];
  const { user, showThread } = harness.openThread(
    { assistantId: await harness.createAssistant(), threadId },
    { strict: true },
  );
  await screen.findByText('Here');
  harness.intercept(failOffline);
  await sendMessage(user, 'Kept');
  await screen.findByText('Not sent');

  showThread(elsewhere);
  await screen.findByText('Elsewhere');
  expect(getMessages()).toEqual(['user: Elsewhere']);
  showThread(threadId);
  await screen.findByText('Here');
  expect(getMessages()).toEqual(['user: Here', 'user: Kept']);
  harness.intercept();
  await user.click(await findRetryButton('Kept'));
  await screen.findByText('You said: Kept');

  expect(getMessages()).toEqual(['user: Here', 'user: Kept', 'assistant: You said: Kept']);
});

it('continues sending while another thread is shown, and shows the message once on return', async () => {
  const answer = createDeferred();
  const harness = createTestHarness();
  const [threadId, elsewhere] = [
    await harness.createThread('Here'),
    await harness.createThread('Elsewhere'),
  ];
  const { user, showThread } = harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId,
  });
  await screen.findByText('Here');
  harness.intercept(async (request) => {
    if (isPost(request, /messages$/)) await answer.promise;
    return undefined;
  });
  await sendMessage(user, 'On its way');

  showThread(elsewhere);
  await screen.findByText('Elsewhere');
  showThread(threadId);
  await screen.findByText('Here');
  expect(getMessages()).toEqual(['user: Here', 'user: On its way']);
  answer.resolve();
  await screen.findByText('You said: On its way');

  expect(getMessages()).toEqual([
    'user: Here',
    'user: On its way',
    'assistant: You said: On its way',
  ]);
  expect(harness.takeWrites()).toEqual([
    'POST /threads/{thread}/messages',
    'POST /threads/{thread}/runs',
  ]);
});

it('keeps an unsent message after a reload, and sends it when the user retries', async () => {
  const harness = createTestHarness();
  const first = await openEarlier(harness);
  harness.intercept(failOffline);
  await sendMessage(first.user, 'Kept');
  await screen.findByText('Not sent');
  harness.intercept();
  harness.takeWrites();

  const { user } = reload(harness, first.props, first);
  await screen.findByText('Earlier');
  await screen.findByText('Kept');
  expect(getMessages()).toEqual(['user: Earlier', 'user: Kept']);
  expect(harness.takeWrites()).toEqual([]);
  await user.click(await findRetryButton('Kept'));
  await screen.findByText('You said: Kept');

  expect(getMessages()).toEqual(['user: Earlier', 'user: Kept', 'assistant: You said: Kept']);
  expect(Object.keys(sessionStorage).filter((name) => name.includes('outbox'))).toEqual([]);
});

it('keeps an unsent message above newer turns, also after a reload, until it is sent again', async () => {
  const harness = createTestHarness();
  const first = await openEarlier(harness);
  harness.intercept(failOffline);
  await sendMessage(first.user, 'One');
  await findRetryButton('One');
  await sendMessage(first.user, 'Two');
  await findRetryButton('Two');
  harness.intercept();
  await sendMessage(first.user, 'Three');
  await screen.findByText('You said: Three');
  const turn = ['user: Three', 'assistant: You said: Three'];
  expect(getMessages()).toEqual(['user: Earlier', 'user: One', 'user: Two', ...turn]);

  const { user } = reload(harness, first.props, first);
  await screen.findByText('You said: Three');
  await screen.findByText('One');
  expect(getMessages()).toEqual(['user: Earlier', 'user: One', 'user: Two', ...turn]);
  await user.click(await findRetryButton('One'));
  await screen.findByText('You said: One');
  expect(getMessages()).toEqual([
    'user: Earlier',
    'user: Two',
    ...turn,
    'user: One',
    'assistant: You said: One',
  ]);
});

it('keeps an unsent first message above the turn that creates the thread', async () => {
  const harness = createTestHarness();
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  harness.intercept(failOffline);
  await sendMessage(user, 'One');
  await findRetryButton('One');
  harness.intercept();
  await sendMessage(user, 'Two');
  await screen.findByText('You said: Two');
  expect(getMessages()).toEqual(['user: One', 'user: Two', 'assistant: You said: Two']);
});

it('says that a message is queued, and after a reload that it was not sent', async () => {
  const answer = createDeferred();
  const harness = createTestHarness({
    scenario: [{ say: ['Half', { hold: answer.promise }] }],
  });
  const first = await openEarlier(harness);
  await sendMessage(first.user, 'One');
  await screen.findByText('Half');
  await sendMessage(first.user, 'Two');
  expect(await within(getMessage('Two')).findByText('Queued')).toBeVisible();

  reload(harness, first.props, first);
  await findRetryButton('Two');
  await within(getMessage('Two')).findByText(/The page was closed before this was sent/);
  expect(getMessage('Two')).not.toHaveTextContent(/Stopped|Sending/);
  answer.resolve();
  await harness.backend.idle();
});

it('says when the server can be reached again', async () => {
  const harness = createTestHarness();
  const { user } = await openEarlier(harness);
  harness.intercept(failAll);
  await sendMessage(user, 'Kept');
  const notice = await findErrorNotice();
  expect(notice).toHaveTextContent('No connection');
  const probes = () => harness.requests.filter((request) => request.startsWith('GET')).length;
  const before = probes();
  // The browser has a network again, and the server does not respond yet.
  window.dispatchEvent(new Event('online'));
  await waitFor(() => expect(probes()).toBe(before + 1));
  expect(notice).toHaveTextContent('No connection');
  harness.intercept(async (request) =>
    request.method === 'GET' ? createErrorResponse(403, 'Not allowed here.') : undefined,
  );
  window.dispatchEvent(new Event('online'));
  await waitFor(() => expect(notice).toHaveTextContent('Connected again'));
  expect(notice).not.toHaveTextContent('No connection');
  expect(getMessages()).toEqual(['user: Earlier', 'user: Kept']);
  await user.click(await findRetryButton('Kept'));
  await screen.findByText('You said: Kept');
});

it('looks for the server once for all messages that were not sent', async () => {
  const harness = createTestHarness();
  const { user } = await openEarlier(harness);
  harness.intercept(failAll);
  for (const text of ['One', 'Two']) {
    await sendMessage(user, text);
    await findRetryButton(text);
  }
  const response = createDeferred();
  let probes = 0;
  harness.intercept(async () => {
    probes += 1;
    await response.promise;
    return undefined;
  });
  window.dispatchEvent(new Event('online'));
  await waitFor(() => expect(probes).toBe(1));
  response.resolve();
  await waitFor(() => expect(screen.queryAllByText('Connected again')).toHaveLength(2));
  expect(probes).toBe(1);
});

it('loads the messages automatically when the server can be reached again', async () => {
  const harness = createTestHarness();
  const threadId = await harness.createThread('Earlier');
  harness.intercept(failAll);
  harness.queryClient.setDefaultOptions({ queries: { retry: false } });
  harness.openThread({ assistantId: await harness.createAssistant(), threadId });
  await findErrorNotice();
  harness.intercept();
  await waitFor(() => {
    window.dispatchEvent(new Event('online'));
    expect(screen.getByText('Earlier')).toBeVisible();
  });
  expect(document.querySelector('[data-part="error-notice"]')).toBeNull();
});

it('keeps a first message after a reload, before its thread is created', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const first = harness.openThread({ assistantId });
  harness.intercept(failOffline);
  await sendMessage(first.user, 'Kept');
  await screen.findByText('Not sent');
  harness.intercept();

  const { user } = reload(harness, { assistantId }, first);
  await screen.findByText('Kept');
  await user.click(await findRetryButton('Kept'));
  await screen.findByText('You said: Kept');

  expect(getMessages()).toEqual(['user: Kept', 'assistant: You said: Kept']);
});

it('discards an unsent message that is dismissed after a reload', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const first = harness.openThread({ assistantId });
  harness.intercept(failOffline);
  await sendMessage(first.user, 'Kept');
  await screen.findByText('Not sent');

  const second = reload(harness, { assistantId }, first);
  await screen.findByText('Kept');
  await second.user.click(within(getMessage('Kept')).getByRole('button', { name: 'Dismiss' }));
  reload(harness, { assistantId }, second);

  expect(getMessages()).toEqual([]);
});

it('finds the stored copy of a message that was being sent at the reload, and creates only the run', async () => {
  const harness = createTestHarness();
  const first = await openEarlier(harness);
  // The server stores the message, but the response is lost.
  harness.intercept(async (request) => {
    if (!isPost(request, /messages$/)) return undefined;
    await harness.backend.fetch(request);
    return new Promise(() => undefined);
  });
  await sendMessage(first.user, 'Half sent');
  await waitFor(async () =>
    expect(
      (await harness.otherClient.listMessages({ threadId: first.props.threadId })).data,
    ).toHaveLength(2),
  );
  harness.intercept();
  harness.takeWrites();

  const { user } = reload(harness, first.props, first);
  await screen.findByText('Half sent');
  await user.click(await findRetryButton('Half sent'));
  await screen.findByText('You said: Half sent');

  expect(getMessages()).toEqual([
    'user: Earlier',
    'user: Half sent',
    'assistant: You said: Half sent',
  ]);
  expect(harness.takeWrites()).toEqual(['POST /threads/{thread}/runs']);
});

it('marks a message as sent if its run has answered it during the reload', async () => {
  const harness = createTestHarness();
  const first = await openEarlier(harness);
  harness.intercept(async (request) => {
    if (!isPost(request, /runs$/)) return undefined;
    void harness.backend.fetch(request);
    return new Promise(() => undefined);
  });
  await sendMessage(first.user, 'Sent');
  await act(() => harness.backend.idle());
  await waitFor(async () =>
    expect(
      (await harness.otherClient.listMessages({ threadId: first.props.threadId })).data,
    ).toHaveLength(3),
  );
  harness.intercept();

  reload(harness, first.props, first);
  await screen.findByText('You said: Sent');

  await waitFor(() =>
    expect(getMessages()).toEqual(['user: Earlier', 'user: Sent', 'assistant: You said: Sent']),
  );
  await waitFor(() => expect(screen.queryByText('Not sent')).toBeNull());
});

it('shows the error of the server after a reload and after a retry', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const first = harness.openThread({ assistantId });
  harness.intercept(async (request) =>
    request.method === 'POST' ? createErrorResponse(400, 'Too long.') : undefined,
  );
  await sendMessage(first.user, 'Kept');
  await screen.findByText('Not sent');

  const { user } = reload(harness, { assistantId }, first);
  await screen.findByText('Kept');
  await waitFor(() => expect(getMessage('Kept')).toHaveTextContent('Too long.'));
  harness.takeWrites();
  await user.click(await findRetryButton('Kept'));

  await waitFor(() => expect(harness.takeWrites()).toEqual(['POST /threads/runs']));
  await waitFor(() => expect(getMessage('Kept')).toHaveTextContent('Too long.'));
});
