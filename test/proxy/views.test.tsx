import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import {
  AssistantEditor,
  AssistantList,
  memoryThreads,
  ThreadHeader,
  ThreadList,
} from 'assistants-react';
import {
  assistantsViewOperations,
  createProxy,
  memoryOwnership,
  threadListOperations,
  threadViewOperations,
  type ProxyOptions,
} from 'assistants-react/proxy';
import { expect, it, onTestFinished, vi } from 'vitest';
import {
  createTestHarness,
  getMessage,
  getMessages,
  sendMessage,
  type TestHarness,
} from '../views/createTestHarness.js';

/** Sends all requests of a harness through a proxy. Returns the operations that the proxy has denied. */
function useProxy(harness: TestHarness, options: Pick<ProxyOptions, 'allow' | 'policy'>) {
  const proxy = createProxy({
    upstream: 'http://api.test/v1',
    user: () => 'ann',
    ownership: memoryOwnership(),
    fetch: (input, init) => harness.backend.fetch(new Request(input, init)),
    ...options,
  });
  const denied: string[] = [];
  harness.intercept(async (request) => {
    const response = await proxy.fetch(request);
    if (response.status === 403 || response.status === 404) {
      denied.push(
        `${request.method} ${request.url} ${response.status} ${await response.clone().text()}`,
      );
    }
    return response;
  });
  return denied;
}

it('threadViewOperations has all operations of a thread', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const denied = useProxy(harness, {
    allow: threadViewOperations,
    policy: { assistants: [assistantId], attachments: true, assistantMessages: true },
  });
  const { user } = harness.openThread({ assistantId });
  await sendMessage(user, 'One');
  await screen.findByText('You said: One');

  await user.upload(
    document.querySelector<HTMLInputElement>('input[type=file]') ?? document.body,
    new File(['Some text.'], 'a.txt', { type: 'text/plain' }),
  );
  await screen.findByText(/^a\.txt/);
  await waitFor(() => expect(harness.requests).toContain('POST /files'));
  await sendMessage(user, 'Two');
  await screen.findByText('You said: Two');

  await user.click(
    await within(getMessage('You said: Two')).findByRole('button', { name: 'Regenerate' }),
  );
  await waitFor(() => expect(harness.requests.join()).toContain('DELETE'));
  await waitFor(() => expect(getMessages().at(-1)).toBe('assistant: You said: Two'));

  await user.click(await within(getMessage('One')).findByRole('button', { name: 'Edit' }));
  await screen.findByRole('textbox', { name: 'Edit message' });
  await user.keyboard(' and more{Enter}');
  await screen.findByText('You said: One and more');
  expect(denied).toEqual([]);
});

it('threadListOperations has all operations of the list, the header and its export', async () => {
  URL.createObjectURL = () => 'blob:export';
  URL.revokeObjectURL = () => undefined;
  const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
  onTestFinished(() => saved.mockRestore());
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const denied = useProxy(harness, {
    allow: ['createThread', 'createRun', ...threadListOperations],
    policy: { assistants: [assistantId] },
  });
  const messages = [{ role: 'user' as const, content: 'Hello' }];
  const { id: threadId } = await harness.client.createThread({ body: { messages } });
  await harness.client.createRun({ threadId, body: { assistant_id: assistantId } });
  await harness.backend.idle();
  const registry = memoryThreads([{ id: threadId, title: 'Lisbon', updatedAt: 1 }]);
  const props = { threadId, registry, onSelect: () => undefined };
  harness.render(
    <>
      <ThreadHeader {...props} assistantId={assistantId} />
      <ThreadList {...props} />
    </>,
  );
  await screen.findByText('Helper');
  const [menu] = await screen.findAllByRole('button', { name: 'Options for Lisbon' });
  await userEvent.click(menu ?? document.body);
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Export as JSON' }));
  await waitFor(() => expect(saved).toHaveBeenCalledOnce());
  await harness.client.deleteThread({ threadId });

  const used = ['/threads?', '/threads/{thread}', '/runs?', '/steps', '/messages', '/assistants/'];
  for (const path of used) expect(harness.requests.join('\n')).toContain(path.replace('?', ''));
  expect(denied).toEqual([]);
});

it('assistantsViewOperations has all operations of the list and the editor', async () => {
  const harness = createTestHarness();
  const denied = useProxy(harness, {
    allow: assistantsViewOperations,
    policy: {
      sharedLists: ['listAssistants'],
      models: ['scripted'],
      instructions: true,
      tools: ['file_search'],
    },
  });
  harness.render(
    <>
      <AssistantList />
      <AssistantEditor />
    </>,
  );
  await screen.findByText('No assistants yet.');
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'Cook');
  await userEvent.type(screen.getByRole('textbox', { name: /Model/ }), 'scripted');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByRole('article');
  const [created] = (await harness.otherClient.listAssistants()).data;

  harness.render(<AssistantEditor assistantId={created?.id ?? ''} />);
  await screen.findByDisplayValue('Cook');
  await userEvent.type(screen.getAllByRole('textbox', { name: 'Name' })[1] ?? document.body, '!');
  await userEvent.click(screen.getAllByRole('button', { name: 'Save' })[1] ?? document.body);
  await screen.findByText('Cook!');
  expect(denied).toEqual([]);
});
