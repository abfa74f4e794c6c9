import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { AssistantEditor, type Assistant, type AssistantTool } from 'assistants-react';
import { describe, expect, it, vi } from 'vitest';
import { createErrorResponse, createTestHarness, type TestHarness } from '../createTestHarness.js';
import { fill, findField, getField, openEditor, save } from './editAssistant.js';

/** Records the bodies of requests that change an assistant. */
function recordBodies(harness: TestHarness): unknown[] {
  const bodies: unknown[] = [];
  harness.intercept(async (request) => {
    if (request.method === 'POST') bodies.push(await request.json());
    return undefined;
  });
  return bodies;
}

it('sends what the user has changed, and nothing else', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const { onSaved } = await openEditor(harness, assistantId);
  const bodies = recordBodies(harness);
  fill('Name', 'Cook');
  await save();
  await waitFor(() =>
    expect(onSaved).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'Cook' })),
  );
  expect(bodies).toEqual([{ name: 'Cook' }]);
  expect(screen.queryByRole('button', { name: 'Discard changes' })).toBeNull();
});

it('saves nothing if nothing was changed', async () => {
  const harness = createTestHarness();
  const { onSaved } = await openEditor(harness, await harness.createAssistant());
  await save();
  await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
  expect(harness.takeWrites()).toEqual([]);
});

it('makes a copy of the stored assistant while nothing is unsaved', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const onDuplicate = vi.fn<(copy: Assistant) => void>();
  harness.render(<AssistantEditor assistantId={assistantId} onDuplicate={onDuplicate} />);
  await findField('Name');
  fill('Name', 'Cook');
  expect(screen.queryByRole('button', { name: 'Duplicate' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Discard changes' }));
  harness.intercept(async ({ method }) =>
    method === 'POST' ? createErrorResponse(403, 'Not yours.') : undefined,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Duplicate' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Not yours.');
  harness.intercept();
  await userEvent.click(screen.getByRole('button', { name: 'Duplicate' }));
  await waitFor(() =>
    expect(onDuplicate).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ name: 'Helper (copy)' }),
    ),
  );
});

it('starts a new assistant with the initial values', async () => {
  const harness = createTestHarness();
  harness.render(<AssistantEditor initial={{ name: 'Cook', model: 'scripted' }} />);
  expect(await findField(/Model/)).toHaveValue('scripted');
});

it('is empty again after it has created an assistant', async () => {
  const harness = createTestHarness();
  const onSaved = vi.fn<() => void>();
  harness.render(<AssistantEditor onSaved={onSaved} />);
  await userEvent.type(await findField(/Model/), 'scripted');
  await save();
  await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
  expect(getField(/Model/)).toHaveValue('');
});

it('keeps the entered values when the server rejects them, and shows why at the field', async () => {
  const harness = createTestHarness();
  harness.intercept(async (request) =>
    request.method === 'POST'
      ? Response.json(
          { error: { message: 'No such model.', type: 'invalid', param: 'model', code: null } },
          { status: 400 },
        )
      : undefined,
  );
  harness.render(<AssistantEditor />);
  await userEvent.type(await findField(/Model/), 'nonsense');
  await save();
  await waitFor(() => expect(getField(/Model/)).toHaveAccessibleDescription(/No such model/));
  expect(getField(/Model/)).toHaveValue('nonsense');
  expect(getField(/Model/)).toHaveFocus();
});

it('shows the new values at once, and those of the server again if it refuses them', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  await openEditor(harness, assistantId);
  let refuse = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    refuse = resolve;
  });
  harness.intercept(async (request) => {
    if (request.method !== 'POST') return undefined;
    await held;
    return createErrorResponse(403, 'Not yours.');
  });
  fill('Name', 'Cook');
  await save();
  await waitFor(() => expect(readCachedName(harness)).toBe('Cook'));
  await act(async () => refuse());
  await screen.findByText(/Not yours/);
  expect(readCachedName(harness)).toBe('Helper');
  // Nothing typed is lost, and the old value does not count as a change of the server.
  expect(getField('Name')).toHaveValue('Cook');
  expect(screen.queryByRole('button', { name: 'Use theirs' })).toBeNull();
});

function readCachedName(harness: TestHarness): string | null | undefined {
  const cached = harness.queryClient
    .getQueryCache()
    .getAll()
    .map(({ state }) => state.data as Partial<Assistant> | undefined);
  return cached.find((data) => data?.object === 'assistant')?.name;
}

describe('a change on the server while the form is open', () => {
  async function openChanged() {
    const harness = createTestHarness();
    const assistantId = await harness.createAssistant();
    const editor = await openEditor(harness, assistantId);
    await harness.otherClient.modifyAssistant({
      assistantId,
      body: { name: 'Theirs', description: 'Theirs' },
    });
    const read = () => harness.otherClient.getAssistant({ assistantId });
    return { ...editor, harness, read };
  }

  it('of the same field is shown before anything is overwritten', async () => {
    const { harness, onSaved, read } = await openChanged();
    fill('Name', 'Mine');
    await save();
    await userEvent.click(await screen.findByRole('button', { name: 'Keep mine' }));
    expect(harness.takeWrites()).toEqual([]);
    expect(getField('Name')).toHaveValue('Mine');
    await save();
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(await read()).toMatchObject({ name: 'Mine', description: 'Theirs' });
  });

  it('of other fields is kept', async () => {
    const { onSaved, read } = await openChanged();
    fill('Instructions', 'Mine');
    await save();
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(await read()).toMatchObject({ name: 'Theirs', instructions: 'Mine' });
  });
});

describe('unsaved changes', () => {
  it('survive closing the form, and are gone once they are saved', async () => {
    const harness = createTestHarness();
    const assistantId = await harness.createAssistant();
    const first = await openEditor(harness, assistantId);
    fill('Name', 'Cook');
    first.page.unmount();

    const second = await openEditor(harness, assistantId);
    expect(getField('Name')).toHaveValue('Cook');
    expect(screen.getByText('Your unsaved changes are back.')).toBeVisible();
    await save();
    await waitFor(() => expect(second.onSaved).toHaveBeenCalledOnce());
    second.page.unmount();
    expect(Object.keys(sessionStorage).filter((key) => key.includes('draft'))).toEqual([]);
  });

  it('of each assistant are its own', async () => {
    const harness = createTestHarness();
    const first = await openEditor(harness, await harness.createAssistant());
    fill('Name', 'Cook');
    first.page.unmount();
    await openEditor(harness, await harness.createAssistant());
    expect(getField('Name')).toHaveValue('Helper');
  });

  it('are not stored when the app closes the form in `onSaved`', async () => {
    const harness = createTestHarness();
    const assistantId = await harness.createAssistant();
    const onSaved = vi.fn<() => void>(() => page.unmount());
    const page = harness.render(<AssistantEditor assistantId={assistantId} onSaved={onSaved} />);
    await findField('Name');
    fill('Name', 'Cook');
    await save();
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(Object.keys(sessionStorage).filter((key) => key.includes('draft'))).toEqual([]);
  });
});

it('keeps metadata with the name of an inherited member, and tools that it does not know', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const tools = [{ type: 'telepathy' }, { type: 'code_interpreter' }] as unknown as AssistantTool[];
  const metadata = JSON.parse('{"__proto__":"kept"}') as Assistant['metadata'];
  harness.intercept(async (request) =>
    request.method === 'GET'
      ? Response.json({
          ...(await harness.otherClient.getAssistant({ assistantId })),
          tools,
          metadata,
        })
      : undefined,
  );
  await openEditor(harness, assistantId);
  const bodies: string[] = [];
  harness.intercept(async (request) => {
    if (request.method === 'GET')
      return Response.json({
        ...(await harness.otherClient.getAssistant({ assistantId })),
        tools,
        metadata,
      });
    bodies.push(await request.text());
    return createErrorResponse(400, 'Recorded.');
  });
  await userEvent.click(screen.getByRole('checkbox', { name: 'File search' }));
  await userEvent.click(screen.getByText('More settings'));
  fill('Value 1', 'changed');
  await save();
  await waitFor(() => expect(bodies).toHaveLength(1));
  expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
    tools: [...tools, { type: 'file_search' }],
  });
  expect(bodies[0]).toContain('"metadata":{"__proto__":"changed"}');
});
