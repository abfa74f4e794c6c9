import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { AssistantEditor, AssistantList, type Assistant } from 'assistants-react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { advanceTimers } from '../../hooks/createHookHarness.js';
import { createTestHarness, findErrorNotice, createErrorResponse } from '../createTestHarness.js';

const getNames = () =>
  screen
    .getAllByRole('article')
    .map((card) => card.querySelector('[data-part="assistant-name"]')?.textContent);

it('lists assistants, newest first, and reports the selected one', async () => {
  const harness = createTestHarness();
  await harness.otherClient.createAssistant({ body: { model: 'scripted', name: 'Older' } });
  await harness.otherClient.createAssistant({ body: { model: 'scripted', name: 'Newer' } });
  const onSelect = vi.fn<(assistant: { name?: string | null }) => void>();
  harness.render(<AssistantList onSelect={onSelect} />);
  await screen.findByText('Newer');
  expect(getNames()).toEqual(['Newer', 'Older']);

  await userEvent.click(screen.getByRole('button', { name: 'Older' }));

  expect(onSelect).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'Older' }));
});

describe('deleting an assistant', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  async function openList() {
    const harness = createTestHarness();
    for (const name of ['Oldest', 'Older', 'Newer'])
      await harness.otherClient.createAssistant({ body: { model: 'scripted', name } });
    const onDelete = vi.fn<(assistant: { name?: string | null }) => void>();
    const onSelect = vi.fn<(assistant: Assistant) => void>();
    const { data } = await harness.otherClient.listAssistants({});
    function App() {
      const [selectedId, setSelectedId] = useState<string>();
      return (
        <>
          <AssistantList selectedId={selectedId} onSelect={onSelect} onDelete={onDelete} />
          {data.map(({ id, name }) => (
            <button key={id} type="button" onClick={() => setSelectedId(id)}>
              Open {name}
            </button>
          ))}
        </>
      );
    }
    harness.render(<App />);
    await screen.findByText('Newer');
    harness.takeWrites();
    vi.useFakeTimers();
    const press = (name: string) => {
      const button = screen.getByRole('button', { name });
      act(() => {
        button.focus();
        button.click();
      });
    };
    const select = (name: string) => press(`Open ${name}`);
    return { harness, onDelete, onSelect, press, select };
  }

  it('can be undone, and keeps the focus in the row', async () => {
    const { harness, onDelete, press } = await openList();
    press('Delete Older');
    expect(onDelete).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'Older' }));
    expect(getNames()).toEqual(['Newer', 'Oldest']);
    expect(screen.getByRole('button', { name: 'Undo: keep Older' })).toHaveFocus();
    press('Undo: keep Older');
    expect(screen.getByRole('button', { name: 'Older' })).toHaveFocus();
    await advanceTimers(11_000);
    expect(getNames()).toEqual(['Newer', 'Older', 'Oldest']);
    expect(harness.takeWrites()).toEqual([]);
  });

  it('selects the assistant again if it is undone, as long as the replacement is selected', async () => {
    const { onSelect, press, select } = await openList();
    select('Older');
    press('Delete Older');
    // The app selects another one in its place.
    select('Oldest');
    press('Undo: keep Older');
    expect(onSelect.mock.calls.map(([{ name }]) => name)).toEqual(['Older']);
  });

  it('selects nothing if it is undone and another one was selected before', async () => {
    const { onSelect, press, select } = await openList();
    select('Newer');
    press('Delete Older');
    press('Undo: keep Older');
    expect(onSelect).not.toHaveBeenCalled();
  });

  it('selects nothing if it is undone after the user has selected another one', async () => {
    const { onSelect, press, select } = await openList();
    select('Older');
    press('Delete Older');
    select('Oldest');
    press('Newer');
    select('Newer');
    press('Undo: keep Older');
    expect(onSelect.mock.calls.map(([{ name }]) => name)).toEqual(['Newer']);
  });

  it('selects only the last of two assistants that were selected and deleted', async () => {
    const { onSelect, press, select } = await openList();
    select('Older');
    press('Delete Older');
    select('Newer');
    press('Delete Newer');
    select('Oldest');
    press('Undo: keep Older');
    expect(onSelect).not.toHaveBeenCalled();
    press('Undo: keep Newer');
    expect(onSelect.mock.calls.map(([{ name }]) => name)).toEqual(['Newer']);
  });

  it('is made after ten seconds, and moves the focus to the next row', async () => {
    const { harness, press } = await openList();
    press('Delete Older');
    await advanceTimers(11_000);
    expect(harness.takeWrites()).toEqual(['DELETE /assistants/{asst}']);
    expect(getNames()).toEqual(['Newer', 'Oldest']);
    expect(screen.getByRole('button', { name: 'Oldest' })).toHaveFocus();
  });

  it('restores the assistant if the server refuses it', async () => {
    const { harness, press } = await openList();
    harness.intercept(async (request) =>
      request.method === 'DELETE' ? createErrorResponse(403, 'Not yours.') : undefined,
    );
    press('Delete Older');
    await advanceTimers(11_000);
    vi.useRealTimers();
    expect(await findErrorNotice()).toHaveTextContent('Not yours.');
    expect(getNames()).toEqual(['Newer', 'Older', 'Oldest']);
  });
});

describe('duplicating an assistant', () => {
  it('makes a copy with all settings, and reports it', async () => {
    const harness = createTestHarness();
    const {
      id,
      created_at: _createdAt,
      ...original
    } = await harness.otherClient.createAssistant({
      body: {
        model: 'scripted',
        name: '🦜'.repeat(256),
        instructions: 'Be brief.',
        tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }],
        metadata: { team: 'a' },
        temperature: 0.5,
        response_format: { type: 'json_object' },
      },
    });
    const onDuplicate = vi.fn<(copy: Assistant) => void>();
    harness.render(<AssistantList onDuplicate={onDuplicate} />);
    await userEvent.click(await screen.findByRole('button', { name: /^Duplicate / }));
    await waitFor(() => expect(onDuplicate).toHaveBeenCalledOnce());
    await waitFor(() => expect(getNames()).toHaveLength(2));
    const [copy] = onDuplicate.mock.lastCall ?? [];
    expect(copy).toMatchObject({ ...original, name: `${'🦜'.repeat(240)} (copy)` });
    expect(copy?.id).not.toBe(id);
  });

  it('shows why the server refuses it', async () => {
    const harness = createTestHarness();
    await harness.createAssistant();
    harness.intercept(async (request) =>
      request.method === 'POST' ? createErrorResponse(403, 'Not yours.') : undefined,
    );
    harness.render(<AssistantList onDuplicate={() => undefined} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Duplicate Helper' }));
    expect(await findErrorNotice()).toHaveTextContent('Not yours.');
    expect(getNames()).toEqual(['Helper']);
  });
});

it('loads more assistants on request', async () => {
  const harness = createTestHarness();
  for (let number = 1; number <= 25; number += 1)
    await harness.otherClient.createAssistant({
      body: { model: 'scripted', name: `Helper ${number}` },
    });
  harness.render(<AssistantList />);
  await screen.findByText('Helper 25');
  expect(getNames()).toHaveLength(20);

  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));

  await waitFor(() => expect(getNames()).toHaveLength(25));
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

it('shows an error and retries, and shows that there are no assistants', async () => {
  const harness = createTestHarness();
  harness.intercept(async () => createErrorResponse(500, 'It broke.'));
  harness.render(<AssistantList />);
  expect(await findErrorNotice()).toHaveTextContent('Server error');

  harness.intercept();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

  expect(await screen.findByText('No assistants yet.')).toBeVisible();
});

it('creates an assistant, and adds it to lists', async () => {
  const harness = createTestHarness();
  const onSaved = vi.fn<(assistant: { id: string }) => void>();
  harness.render(
    <>
      <AssistantList />
      <AssistantEditor onSaved={onSaved} />
    </>,
  );
  await screen.findByText('No assistants yet.');

  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'Cook');
  await userEvent.type(screen.getByRole('textbox', { name: /Model/ }), 'scripted');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));

  await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
  await waitFor(() => expect(getNames()).toEqual(['Cook']));
  expect(harness.takeWrites()).toEqual(['POST /assistants']);
});

it('shows that an assistant does not exist', async () => {
  const harness = createTestHarness();
  harness.render(<AssistantEditor assistantId="asst_gone" />);

  expect(await findErrorNotice()).toHaveTextContent('Not found');
});

it('replaces what cannot be rendered by a placeholder: one card, or the form', async () => {
  const consoleError = vi.spyOn(console, 'error').mockReturnValue();
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const harness = createTestHarness();
  await harness.otherClient.createAssistant({ body: { model: 'scripted', name: 'Older' } });
  await harness.otherClient.createAssistant({ body: { model: 'scripted', name: 'Newer' } });
  const throwError = () => {
    throw new Error('Cannot render.');
  };
  harness.render(
    <>
      <AssistantList
        renderActions={({ name }) => (name === 'Older' ? throwError() : <span>Open</span>)}
      />
      <AssistantEditor render={throwError} />
    </>,
  );
  expect(await screen.findByText('Open')).toBeInTheDocument();
  expect(getNames()).toEqual(['Newer']);
  await waitFor(() => expect(document.querySelectorAll('[data-unreadable]')).toHaveLength(2));
  consoleError.mockRestore();
  warn.mockRestore();
});
