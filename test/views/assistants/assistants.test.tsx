import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { AssistantEditor, AssistantList } from 'assistants-react';
import { expect, it, vi } from 'vitest';
import { createWorld, notice, refusal } from '../createTestHarness.js';

const names = () =>
  screen
    .getAllByRole('article')
    .map((card) => card.querySelector('[data-part="assistant-name"]')?.textContent);

it('lists assistants, newest first, and tells which is chosen', async () => {
  const world = createWorld();
  await world.other.createAssistant({ body: { model: 'scripted', name: 'Older' } });
  await world.other.createAssistant({ body: { model: 'scripted', name: 'Newer' } });
  const onSelect = vi.fn<(assistant: { name?: string | null }) => void>();
  world.render(<AssistantList onSelect={onSelect} />);
  await screen.findByText('Newer');
  expect(names()).toEqual(['Newer', 'Older']);

  await userEvent.click(screen.getByRole('button', { name: 'Older' }));

  expect(onSelect).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'Older' }));
});

it('loads more assistants on demand', async () => {
  const world = createWorld();
  for (let number = 1; number <= 25; number += 1)
    await world.other.createAssistant({ body: { model: 'scripted', name: `Helper ${number}` } });
  world.render(<AssistantList />);
  await screen.findByText('Helper 25');
  expect(names()).toHaveLength(20);

  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));

  await waitFor(() => expect(names()).toHaveLength(25), { interval: 5 });
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

it('says that there are none, and what failed where it cannot know', async () => {
  const world = createWorld();
  world.guard(async () => refusal(500, 'It broke.'));
  world.render(<AssistantList />);
  expect(await notice()).toHaveTextContent('The server has a fault');

  world.guard(async () => undefined);
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

  expect(await screen.findByText('No assistants yet.')).toBeVisible();
});

it('makes an assistant, and shows it in lists at once', async () => {
  const world = createWorld();
  const onSaved = vi.fn<(assistant: { id: string }) => void>();
  world.render(
    <>
      <AssistantList />
      <AssistantEditor onSaved={onSaved} />
    </>,
  );
  await screen.findByText('No assistants yet.');

  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Cook');
  await userEvent.type(screen.getByRole('textbox', { name: /Model/ }), 'scripted');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));

  await waitFor(() => expect(onSaved).toHaveBeenCalledOnce(), { interval: 5 });
  await waitFor(() => expect(names()).toEqual(['Cook']), { interval: 5 });
  expect(world.written()).toEqual(['POST /assistants']);
});

it('changes an assistant', async () => {
  const world = createWorld();
  const assistantId = await world.assistant();
  const onSaved = vi.fn<(assistant: { name?: string | null }) => void>();
  world.render(<AssistantEditor assistantId={assistantId} onSaved={onSaved} />);
  const name = await screen.findByRole('textbox', { name: 'Name' });
  expect(name).toHaveValue('Helper');

  await userEvent.clear(name);
  await userEvent.type(name, 'Cook');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));

  await waitFor(
    () =>
      expect(onSaved).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'Cook' })),
    { interval: 5 },
  );
  expect((await world.other.getAssistant({ assistantId })).name).toBe('Cook');
});

it('begins a new one with what it is given', () => {
  const world = createWorld();
  world.render(
    <AssistantEditor
      initial={{
        name: 'Cook',
        model: 'scripted',
        description: null,
        instructions: null,
        tools: [],
      }}
    />,
  );

  expect(screen.getByRole('textbox', { name: /Model/ })).toHaveValue('scripted');
});

it('keeps what was entered when the server refuses it', async () => {
  const world = createWorld();
  world.guard(async () => refusal(400, 'No such model.'));
  world.render(<AssistantEditor />);
  await userEvent.type(screen.getByRole('textbox', { name: /Model/ }), 'nonsense');

  await userEvent.click(screen.getByRole('button', { name: 'Save' }));

  expect(await screen.findByText(/No such model/)).toBeVisible();
  expect(screen.getByRole('textbox', { name: /Model/ })).toHaveValue('nonsense');
});

it('says that an assistant is gone', async () => {
  const world = createWorld();
  world.render(<AssistantEditor assistantId="asst_gone" />);

  expect(await notice()).toHaveTextContent('Not found');
});
