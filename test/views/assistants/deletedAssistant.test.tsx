import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { createErrorResponse, createTestHarness } from '../createTestHarness.js';
import { fill, getField, openEditor, save } from './editAssistant.js';

describe('an assistant that is deleted while it is edited', () => {
  const GONE = 'This assistant was deleted. Nothing you wrote is lost.';

  it('is created again with what the user has written', async () => {
    const harness = createTestHarness();
    const assistantId = await harness.createAssistant();
    const before = await harness.otherClient.getAssistant({ assistantId });
    const { onSaved } = await openEditor(harness, assistantId);
    await harness.otherClient.deleteAssistant({ assistantId });
    fill('Name', 'Cook');
    await save();
    expect(await screen.findByRole('alert')).toHaveTextContent(GONE);
    expect(getField('Name')).toHaveValue('Cook');
    expect(harness.takeWrites()).toEqual([]);

    await userEvent.click(screen.getByRole('button', { name: 'Create as new' }));
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    const [created] = onSaved.mock.lastCall ?? [];
    expect(created).toMatchObject({ name: 'Cook', model: before.model, tools: before.tools });
    // The form continues with the new assistant.
    await screen.findByRole('button', { name: 'Save' });
    expect(screen.queryByRole('alert')).toBeNull();
    fill('Name', 'Gardener');
    await save();
    await waitFor(() => expect(onSaved).toHaveBeenCalledTimes(2));
    expect(onSaved.mock.lastCall?.[0]).toMatchObject({ id: created?.id, name: 'Gardener' });
    // On a slow machine the draft was stored before it was saved.
    await waitFor(() =>
      expect(Object.keys(sessionStorage).filter((key) => key.includes('draft'))).toEqual([]),
    );
  });

  it('has its unsaved changes after a reload', async () => {
    const harness = createTestHarness();
    const assistantId = await harness.createAssistant();
    const first = await openEditor(harness, assistantId);
    fill('Name', 'Cook');
    first.page.unmount();
    harness.queryClient.clear();
    await harness.otherClient.deleteAssistant({ assistantId });

    const { onSaved } = await openEditor(harness, assistantId);
    expect(screen.getByRole('alert')).toHaveTextContent(GONE);
    expect(getField('Name')).toHaveValue('Cook');
    fill(/Model/, 'scripted');
    await userEvent.click(screen.getByRole('button', { name: 'Create as new' }));
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(onSaved.mock.lastCall?.[0]).toMatchObject({ name: 'Cook', model: 'scripted' });
  });

  async function openDeletedWithStore() {
    const harness = createTestHarness({ backend: { unsupportedTools: 'ignore' } });
    const { otherClient } = harness;
    const file = await otherClient.uploadFile({
      body: { file: new File(['Soup'], 'menu.txt'), purpose: 'assistants' },
    });
    const { id: storeId } = await otherClient.createVectorStore({ body: { file_ids: [file.id] } });
    const { id: assistantId } = await otherClient.createAssistant({
      body: {
        model: 'scripted',
        tools: [{ type: 'file_search' }],
        tool_resources: { file_search: { vector_store_ids: [storeId] } },
      },
    });
    const { onSaved } = await openEditor(harness, assistantId);
    await otherClient.deleteAssistant({ assistantId });
    await screen.findByRole('button', { name: /^Remove/ });
    const createAgain = async () => {
      await save();
      await userEvent.click(await screen.findByRole('button', { name: 'Create as new' }));
    };
    const listStored = async () =>
      (await otherClient.listVectorStoreFiles({ vectorStoreId: storeId })).data;
    return { otherClient, onSaved, storeId, createAgain, listStored };
  }

  it('keeps its vector store', async () => {
    const { onSaved, storeId, createAgain, listStored } = await openDeletedWithStore();
    fill('Name', 'Cook');
    await createAgain();
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(onSaved.mock.lastCall?.[0].tool_resources?.file_search).toEqual({
      vector_store_ids: [storeId],
    });
    expect(await listStored()).toHaveLength(1);
  });

  it('keeps its vector store without the files that the user has removed', async () => {
    const { onSaved, storeId, createAgain, listStored } = await openDeletedWithStore();
    await userEvent.click(screen.getByRole('button', { name: /^Remove/ }));
    await createAgain();
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(onSaved.mock.lastCall?.[0].tool_resources?.file_search).toEqual({
      vector_store_ids: [storeId],
    });
    expect(await listStored()).toEqual([]);
  });

  it('can be created without the file search if its vector store is gone', async () => {
    const { otherClient, onSaved, storeId, createAgain } = await openDeletedWithStore();
    await otherClient.deleteVectorStore({ vectorStoreId: storeId });
    fill('Name', 'Cook');
    await createAgain();
    expect(await screen.findByText(new RegExp(storeId))).toBeVisible();
    await userEvent.click(screen.getByRole('checkbox', { name: 'File search' }));
    await userEvent.click(screen.getByRole('button', { name: 'Create as new' }));
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(onSaved.mock.lastCall?.[0]).toMatchObject({ name: 'Cook', tools: [] });
  });

  it('gets new files in its vector store', async () => {
    const { onSaved, storeId, createAgain, listStored } = await openDeletedWithStore();
    await userEvent.upload(screen.getByLabelText('Upload files'), new File(['Tea'], 'tea.txt'));
    await waitFor(() => expect(screen.getAllByRole('button', { name: /^Remove/ })).toHaveLength(2));
    await createAgain();
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(onSaved.mock.lastCall?.[0].tool_resources?.file_search).toEqual({
      vector_store_ids: [storeId],
    });
    expect(await listStored()).toHaveLength(2);
  });

  it('says why it cannot be created again', async () => {
    const harness = createTestHarness();
    const assistantId = await harness.createAssistant();
    await openEditor(harness, assistantId);
    await harness.otherClient.deleteAssistant({ assistantId });
    fill('Name', 'Cook');
    await save();
    harness.intercept(async ({ method }) =>
      method === 'POST' ? createErrorResponse(404, 'No such file.') : undefined,
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Create as new' }));
    expect(await screen.findByText('No such file.')).toBeVisible();
    expect(getField('Name')).toHaveValue('Cook');
  });
});
