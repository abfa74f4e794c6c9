import { QueryClient } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import {
  AssistantsProvider,
  ComposerAttach,
  ComposerAttachments,
  ComposerInput,
  ComposerSend,
  Thread,
  ThreadView,
} from 'assistants-react';
import { expect, it } from 'vitest';
import { createDeferred } from '../../createDeferred.js';
import { getComposer, createTestHarness, isPost, sendMessage } from '../createTestHarness.js';

type TestHarness = ReturnType<typeof createTestHarness>;

const createTextFile = (name: string) =>
  new File([`The text of ${name}.`], name, { type: 'text/plain' });
const attachFiles = (user: UserEvent, ...files: File[]) =>
  user.upload(document.querySelector<HTMLInputElement>('input[type=file]') ?? document.body, files);
/** Returns the texts of the attached files. */
const getChips = () =>
  [...document.querySelectorAll('[data-part="composer-attachments"] [data-part="file-chip"]')].map(
    (chip) => chip.textContent,
  );

/** Simulates a reload: only what the browser stores survives. */
function reload(
  { client }: TestHarness,
  props: { assistantId: string; threadId?: string },
  page: { unmount: () => void },
) {
  page.unmount();
  const reloaded = render(
    <AssistantsProvider client={client} queryClient={new QueryClient()}>
      <ThreadView {...props} />
    </AssistantsProvider>,
  );
  return { ...reloaded, user: userEvent.setup({ delay: null }) };
}

it('sends the files that were attached before a reload', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread('Earlier');
  const first = harness.openThread({ assistantId, threadId });
  await screen.findByText('Earlier');
  await attachFiles(first.user, createTextFile('report.txt'), createTextFile('notes.txt'));
  await waitFor(() => expect(getChips()).toEqual(['report.txt23B', 'notes.txt22B']));

  const { user } = reload(harness, { assistantId, threadId }, first);
  await waitFor(() => expect(getChips()).toEqual(['report.txt23B', 'notes.txt22B']));
  await sendMessage(user, 'Read these');
  await screen.findByText('You said: Read these');

  expect(getChips()).toEqual([]);
  const [message] = (
    await harness.otherClient.listMessages({ threadId, query: { order: 'asc' } })
  ).data.slice(1);
  expect(message?.attachments).toHaveLength(2);
  expect(Object.keys(sessionStorage).filter((name) => name.includes('files'))).toEqual([]);
});

it('keeps text and files of a composer of the app until they are sent', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const chat = (
    <Thread.Root assistantId={assistantId}>
      <Thread.Messages />
      <Thread.ComposerForm>
        <ComposerAttachments className="files" />
        <ComposerAttach />
        <ComposerInput />
        <ComposerSend />
      </Thread.ComposerForm>
    </Thread.Root>
  );
  const user = userEvent.setup({ delay: null });
  const first = harness.render(chat);
  expect(document.querySelector('.files')).toBeNull();
  await attachFiles(user, createTextFile('report.txt'));
  await waitFor(() => expect(getChips()).toEqual(['report.txt23B']));
  expect(document.querySelector('.files')).toHaveTextContent('report.txt');
  await user.type(getComposer(), 'Read this');
  first.unmount();

  harness.render(chat);
  await waitFor(() => expect(getChips()).toEqual(['report.txt23B']));
  expect(getComposer()).toHaveValue('Read this');
  await user.click(screen.getByRole('button', { name: 'Send message' }));
  await screen.findByText('You said: Read this');
  expect(getChips()).toEqual([]);
});

it('asks the user to choose a file again whose upload a reload has aborted', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const first = harness.openThread({ assistantId });
  harness.intercept(async (request) =>
    isPost(request, /files$/) ? new Promise(() => undefined) : undefined,
  );
  await attachFiles(first.user, createTextFile('report.txt'));
  await waitFor(() => expect(harness.takeWrites()).toEqual(['POST /files']));
  expect(screen.getByText('report.txt')).toBeVisible();
  harness.intercept();

  const { user } = reload(harness, { assistantId }, first);
  await waitFor(() => expect(getChips()).toEqual(['report.txtSelect the file again']));
  expect(screen.queryByRole('button', { name: 'Upload report.txt again' })).toBeNull();
  await user.type(getComposer(), 'Read this');
  expect(screen.getByRole('button', { name: 'Send message' })).toBeDisabled();
  await attachFiles(user, createTextFile('report.txt'));
  await waitFor(() => expect(getChips()).toEqual(['report.txt23B']));

  expect(screen.getByRole('button', { name: 'Send message' })).toBeEnabled();
});

it('asks the user to choose a file again that the server has deleted', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const first = harness.openThread({ assistantId });
  await attachFiles(first.user, createTextFile('kept.txt'));
  await waitFor(() => expect(getChips()).toEqual(['kept.txt21B']));
  const kept = (await harness.otherClient.listFiles({})).data;
  await attachFiles(first.user, createTextFile('gone.txt'));
  await waitFor(() => expect(getChips()).toEqual(['kept.txt21B', 'gone.txt21B']));
  const { data } = await harness.otherClient.listFiles({});
  await harness.otherClient.deleteFile({
    fileId: data.find(({ id }) => id !== kept[0]?.id)?.id ?? '',
  });

  const { user } = reload(harness, { assistantId }, first);
  await waitFor(() => expect(getChips()).toEqual(['kept.txt21B', 'gone.txtSelect the file again']));
  await user.click(screen.getByRole('button', { name: 'Remove gone.txt' }));

  expect(getChips()).toEqual(['kept.txt21B']);
});

it('keeps attached files per thread, and continues uploads while another thread is shown', async () => {
  const response = createDeferred();
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
  harness.intercept(async (request) => {
    if (isPost(request, /files$/)) await response.promise;
    return undefined;
  });
  harness.takeWrites();
  await attachFiles(user, createTextFile('report.txt'));
  await waitFor(() => expect(harness.takeWrites()).toEqual(['POST /files']));
  expect(screen.getByText('report.txt')).toBeVisible();

  showThread(elsewhere);
  await screen.findByText('Elsewhere');
  expect(getChips()).toEqual([]);
  response.resolve();
  await waitFor(async () => expect((await harness.otherClient.listFiles({})).data).toHaveLength(1));
  showThread(threadId);
  await screen.findByText('Here');

  await waitFor(() => expect(getChips()).toEqual(['report.txt23B']));
});

it('keeps files that were attached while the thread was created', async () => {
  const harness = createTestHarness();
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  const response = createDeferred();
  harness.intercept(async (request) => {
    if (isPost(request, /threads\/runs$/)) await response.promise;
    return undefined;
  });
  await sendMessage(user, 'First');
  await attachFiles(user, createTextFile('for-later.txt'));
  await waitFor(() => expect(getChips()).toEqual(['for-later.txt26B']));

  response.resolve();
  await screen.findByText('You said: First');

  expect(getChips()).toEqual(['for-later.txt26B']);
});
