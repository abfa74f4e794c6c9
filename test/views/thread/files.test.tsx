import { QueryClient } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import { AssistantsProvider, ThreadView } from 'assistants-react';
import { expect, it } from 'vitest';
import { composer, createWorld, isPost, latch, say } from '../createTestHarness.js';

const fast = { interval: 5 };
type World = ReturnType<typeof createWorld>;

const textFile = (name: string) => new File([`The text of ${name}.`], name, { type: 'text/plain' });
const choose = (user: UserEvent, ...files: File[]) =>
  user.upload(document.querySelector<HTMLInputElement>('input[type=file]') ?? document.body, files);
/** The files that are to be sent, each with what is said of it. */
const chips = () =>
  [...document.querySelectorAll('[data-part="composer-attachments"] [data-part="file-chip"]')].map(
    (chip) => chip.textContent,
  );

/** The same tab after a reload: nothing is left of the page but what the browser keeps. */
function reload(
  { client }: World,
  props: { assistantId: string; threadId?: string },
  before: { unmount: () => void },
) {
  before.unmount();
  const page = render(
    <AssistantsProvider client={client} queryClient={new QueryClient()}>
      <ThreadView {...props} />
    </AssistantsProvider>,
  );
  return { ...page, user: userEvent.setup({ delay: null }) };
}

it('sends the files that were chosen before a reload', async () => {
  const world = createWorld();
  const assistantId = await world.assistant();
  const threadId = await world.thread('Earlier');
  const first = world.open({ assistantId, threadId });
  await screen.findByText('Earlier');
  await choose(first.user, textFile('report.txt'), textFile('notes.txt'));
  await waitFor(() => expect(chips()).toEqual(['report.txt23 byte', 'notes.txt22 byte']), fast);

  const { user } = reload(world, { assistantId, threadId }, first);
  await waitFor(() => expect(chips()).toEqual(['report.txt23 byte', 'notes.txt22 byte']), fast);
  await say(user, 'Read these');
  await screen.findByText('You said: Read these');

  expect(chips()).toEqual([]);
  const [message] = (
    await world.other.listMessages({ threadId, query: { order: 'asc' } })
  ).data.slice(1);
  expect(message?.attachments).toHaveLength(2);
  expect(Object.keys(sessionStorage).filter((name) => name.includes('files'))).toEqual([]);
});

it('names the files that a reload has kept from being uploaded, and takes them when they are chosen again', async () => {
  const world = createWorld();
  const assistantId = await world.assistant();
  const first = world.open({ assistantId });
  world.guard(async (request) =>
    isPost(request, /files$/) ? new Promise(() => undefined) : undefined,
  );
  await choose(first.user, textFile('report.txt'));
  await screen.findByText('report.txt');
  world.guard(async () => undefined);

  const { user } = reload(world, { assistantId }, first);
  await waitFor(() => expect(chips()).toEqual(['report.txtChoose it again']), fast);
  expect(screen.queryByRole('button', { name: 'Upload report.txt again' })).toBeNull();
  await user.type(composer(), 'Read this');
  expect(screen.getByRole('button', { name: 'Send message' })).toBeDisabled();
  await choose(user, textFile('report.txt'));
  await waitFor(() => expect(chips()).toEqual(['report.txt23 byte']), fast);

  expect(screen.getByRole('button', { name: 'Send message' })).toBeEnabled();
});

it('says of a file that the server no longer has that it is to be chosen again', async () => {
  const world = createWorld();
  const assistantId = await world.assistant();
  const first = world.open({ assistantId });
  await choose(first.user, textFile('kept.txt'));
  await waitFor(() => expect(chips()).toEqual(['kept.txt21 byte']), fast);
  const kept = (await world.other.listFiles({})).data;
  await choose(first.user, textFile('gone.txt'));
  await waitFor(() => expect(chips()).toEqual(['kept.txt21 byte', 'gone.txt21 byte']), fast);
  const { data } = await world.other.listFiles({});
  await world.other.deleteFile({ fileId: data.find(({ id }) => id !== kept[0]?.id)?.id ?? '' });

  const { user } = reload(world, { assistantId }, first);
  await waitFor(
    () => expect(chips()).toEqual(['kept.txt21 byte', 'gone.txtChoose it again']),
    fast,
  );
  await user.click(screen.getByRole('button', { name: 'Remove gone.txt' }));

  expect(chips()).toEqual(['kept.txt21 byte']);
});

it('keeps the files of each thread there, and goes on uploading them while another is shown', async () => {
  const held = latch();
  const world = createWorld();
  const [threadId, elsewhere] = [await world.thread('Here'), await world.thread('Elsewhere')];
  const { user, go } = world.open(
    { assistantId: await world.assistant(), threadId },
    { strict: true },
  );
  await screen.findByText('Here');
  world.guard(async (request) => {
    if (isPost(request, /files$/)) await held.opened;
    return undefined;
  });
  await choose(user, textFile('report.txt'));
  await screen.findByText('report.txt');

  go(elsewhere);
  await screen.findByText('Elsewhere');
  expect(chips()).toEqual([]);
  held.open();
  await waitFor(async () => expect((await world.other.listFiles({})).data).toHaveLength(1), fast);
  go(threadId);
  await screen.findByText('Here');

  await waitFor(() => expect(chips()).toEqual(['report.txt23 byte']), fast);
});

it('takes the files along to a thread that is made meanwhile', async () => {
  const world = createWorld();
  const { user } = world.open({ assistantId: await world.assistant() });
  const held = latch();
  world.guard(async (request) => {
    if (isPost(request, /threads\/runs$/)) await held.opened;
    return undefined;
  });
  await say(user, 'First');
  await choose(user, textFile('for-later.txt'));
  await waitFor(() => expect(chips()).toEqual(['for-later.txt26 byte']), fast);

  held.open();
  await screen.findByText('You said: First');

  expect(chips()).toEqual(['for-later.txt26 byte']);
});
