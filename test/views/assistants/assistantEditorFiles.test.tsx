import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { AssistantEditor, type Assistant } from 'assistants-react';
import { describe, expect, it, vi } from 'vitest';
import {
  createErrorResponse,
  createTestHarness,
  isPost,
  type TestHarnessOptions,
} from '../createTestHarness.js';
import { openEditor, save } from './editAssistant.js';

describe('files', () => {
  const createFilesHarness = (options: TestHarnessOptions = {}) =>
    createTestHarness({ backend: { unsupportedTools: 'ignore' }, ...options });
  // The files of jsdom lose their name on their way through the fetch of Node.
  const REMOVE = /^Remove (?:notes\.txt|blob)$/;
  const notes = new File(['Tea is at four.'], 'notes.txt', { type: 'text/plain' });
  const upload = (group: HTMLElement) =>
    userEvent.upload(within(group).getByLabelText('Upload files'), notes);
  const findGroup = (name: string) => screen.findByRole('group', { name });

  it('for the code interpreter are attached and detached', async () => {
    const harness = createFilesHarness();
    const { id: assistantId } = await harness.otherClient.createAssistant({
      body: { model: 'scripted', name: 'Coder', tools: [{ type: 'code_interpreter' }] },
    });
    const { onSaved } = await openEditor(harness, assistantId);
    await upload(await findGroup('Files for the code interpreter'));
    await screen.findByRole('button', { name: REMOVE });
    await save();
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    const saved = await harness.otherClient.getAssistant({ assistantId });
    expect(saved.tool_resources?.code_interpreter?.file_ids).toHaveLength(1);

    await userEvent.click(await screen.findByRole('button', { name: REMOVE }));
    await save();
    await waitFor(() => expect(onSaved).toHaveBeenCalledTimes(2));
    const detached = await harness.otherClient.getAssistant({ assistantId });
    expect(detached.tool_resources?.code_interpreter?.file_ids ?? []).toEqual([]);
  });

  it('are uploaded when they are dropped on the list', async () => {
    const harness = createFilesHarness();
    const { id: assistantId } = await harness.otherClient.createAssistant({
      body: { model: 'scripted', name: 'Coder', tools: [{ type: 'code_interpreter' }] },
    });
    await openEditor(harness, assistantId);
    const group = await findGroup('Files for the code interpreter');
    const items = [{ webkitGetAsEntry: () => null, getAsFile: () => notes }];
    const dataTransfer = { types: ['Files'], files: [notes], items };
    expect(fireEvent.dragOver(group, { dataTransfer })).toBe(false);
    expect(group).toHaveAttribute('data-dropping');
    expect(fireEvent.drop(group, { dataTransfer })).toBe(false);
    expect(await screen.findByRole('button', { name: REMOVE })).toBeInTheDocument();
    expect(group).not.toHaveAttribute('data-dropping');
  });

  it('for the file search are put into a vector store, and more into the same one', async () => {
    const harness = createFilesHarness();
    const { id: assistantId } = await harness.otherClient.createAssistant({
      body: { model: 'scripted', name: 'Finder', tools: [{ type: 'file_search' }] },
    });
    const { onSaved } = await openEditor(harness, assistantId);
    const listStored = async () => {
      const { tool_resources: resources } = await harness.otherClient.getAssistant({ assistantId });
      const [vectorStoreId = ''] = resources?.file_search?.vector_store_ids ?? [];
      const { data } = await harness.otherClient.listVectorStoreFiles({ vectorStoreId });
      return { vectorStoreId, count: data.length };
    };
    await upload(await findGroup('Files for the file search'));
    await screen.findByRole('button', { name: REMOVE });
    await save();
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    const first = await listStored();
    expect(first.count).toBe(1);

    await upload(await findGroup('Files for the file search'));
    await waitFor(() => expect(screen.getAllByRole('button', { name: REMOVE })).toHaveLength(2));
    await save();
    await waitFor(() => expect(onSaved).toHaveBeenCalledTimes(2));
    expect(await listStored()).toEqual({ vectorStoreId: first.vectorStoreId, count: 2 });
  });

  it('for the file search are put into one vector store, although the first attempt to save has failed', async () => {
    const harness = createFilesHarness();
    const { id: assistantId } = await harness.otherClient.createAssistant({
      body: { model: 'scripted', name: 'Finder', tools: [{ type: 'file_search' }] },
    });
    const { onSaved } = await openEditor(harness, assistantId);
    await upload(await findGroup('Files for the file search'));
    await screen.findByRole('button', { name: REMOVE });
    harness.intercept(async (request) =>
      isPost(request, /\/assistants\/\w+$/) ? createErrorResponse(403, 'Not now.') : undefined,
    );
    await save();
    await screen.findByText(/Not now/);
    const { data: uploaded } = await harness.otherClient.listFiles();
    await userEvent.click(screen.getByRole('button', { name: REMOVE }));
    await upload(await findGroup('Files for the file search'));
    await screen.findByRole('button', { name: REMOVE });
    harness.intercept();
    await save();
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());

    const { data: stores } = await harness.otherClient.listVectorStores();
    expect(stores).toHaveLength(1);
    expect(onSaved.mock.lastCall?.[0].tool_resources?.file_search).toEqual({
      vector_store_ids: [stores[0]?.id],
    });
    const { data: files } = await harness.otherClient.listVectorStoreFiles({
      vectorStoreId: stores[0]?.id ?? '',
    });
    // The first file was detached after the attempt.
    expect(files).toHaveLength(1);
    expect(files[0]?.id).not.toBe(uploaded[0]?.id);
  });

  describe('of the vector store', () => {
    /** @param copies Names of other assistants with the same vector store. */
    async function openWithFiles(copies: readonly string[] = []) {
      const harness = createFilesHarness();
      const { otherClient } = harness;
      const names = ['menu.txt', 'prices.txt'];
      const files = await Promise.all(
        names.map((name) =>
          otherClient.uploadFile({
            body: { file: new File(['Tea'], name), purpose: 'assistants' },
          }),
        ),
      );
      const fileIds = files.map(({ id }) => id);
      const { id: storeId } = await otherClient.createVectorStore({ body: { file_ids: fileIds } });
      const create = (name: string) =>
        otherClient.createAssistant({
          body: {
            model: 'scripted',
            name,
            tools: [{ type: 'file_search' }],
            tool_resources: { file_search: { vector_store_ids: [storeId] } },
          },
        });
      for (const name of copies) await create(name);
      const { id: assistantId } = await create('Finder');
      const editor = await openEditor(harness, assistantId);
      const group = within(await findGroup('Files for the file search'));
      await waitFor(() =>
        expect(group.getAllByRole('button', { name: /^Remove/ })).toHaveLength(2),
      );
      const removeFirst = async () => {
        const [button] = group.getAllByRole('button', { name: /^Remove/ });
        await userEvent.click(button ?? document.body);
      };
      const listStored = async () =>
        (await otherClient.listVectorStoreFiles({ vectorStoreId: storeId })).data;
      return { ...editor, harness, group, removeFirst, listStored, storeId };
    }

    it('are removed when the form is saved, and nothing else is sent', async () => {
      const { harness, group, removeFirst, listStored, onSaved } = await openWithFiles();
      await removeFirst();
      expect(group.getByText('Removed when you save')).toBeVisible();
      expect(group.getByRole('button', { name: /^Undo/ })).toHaveFocus();
      expect(harness.takeWrites()).toEqual([]);
      await save();
      await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
      expect(harness.takeWrites()).toEqual([expect.stringMatching(/^DELETE \/vector_stores/)]);
      expect(await listStored()).toHaveLength(1);
      await waitFor(() =>
        expect(group.getAllByRole('button', { name: /^Remove/ })).toHaveLength(1),
      );
      expect(group.queryByText('Removed when you save')).toBeNull();
    });

    it('name the other assistants that use them', async () => {
      const { group } = await openWithFiles(['Waiter', '']);
      expect(await group.findByText(/^Also used by/)).toHaveTextContent(
        'Also used by Unnamed assistant and Waiter. Changes to these files apply there, too.',
      );
    });

    it('say nothing of other assistants if there are none', async () => {
      const { harness, group } = await openWithFiles();
      await harness.otherClient.createAssistant({ body: { model: 'scripted', name: 'Waiter' } });
      await waitFor(() => expect(harness.queryClient.isFetching()).toBe(0));
      expect(group.queryByText(/^Also used by/)).toBeNull();
    });

    it('stay if the user undoes it', async () => {
      const { harness, group, removeFirst } = await openWithFiles();
      await removeFirst();
      await userEvent.click(group.getByRole('button', { name: /^Undo/ }));
      expect(group.getAllByRole('button', { name: /^Remove/ })).toHaveLength(2);
      expect(screen.queryByRole('button', { name: 'Discard changes' })).toBeNull();
      await save();
      expect(harness.takeWrites()).toEqual([]);
    });

    it('count as removed if they are gone already', async () => {
      const { harness, removeFirst, group, listStored, storeId, onSaved } = await openWithFiles();
      for (const { id } of await listStored())
        await harness.otherClient.deleteVectorStoreFile({ vectorStoreId: storeId, fileId: id });
      await removeFirst();
      await save();
      await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
      await waitFor(() => expect(group.queryByRole('button', { name: /^Remove/ })).toBeNull());
    });

    it('stay marked if they could not be removed', async () => {
      const { harness, removeFirst, group, listStored, onSaved } = await openWithFiles();
      await removeFirst();
      harness.intercept(async ({ method }) =>
        method === 'DELETE' ? createErrorResponse(403, 'Not yours.') : undefined,
      );
      await save();
      await screen.findByText(/Not yours/);
      expect(onSaved).not.toHaveBeenCalled();
      expect(group.getByRole('button', { name: /^Undo/ })).toBeVisible();
      harness.intercept();
      await save();
      await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
      expect(await listStored()).toHaveLength(1);
    });
  });

  it('of version 1 belong to the assistant', async () => {
    const harness = createFilesHarness({ client: { apiVersion: 'v1' } });
    const onSaved = vi.fn<(assistant: Assistant) => void>();
    harness.render(
      <AssistantEditor
        initial={{ name: 'Finder', model: 'scripted', tools: [{ type: 'retrieval' }] }}
        onSaved={onSaved}
      />,
    );
    await upload(await findGroup('Files'));
    await screen.findByRole('button', { name: REMOVE });
    await save();
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
    expect(onSaved.mock.lastCall?.[0].file_ids).toHaveLength(1);
  });

  it('hold the form back until they are uploaded', async () => {
    const harness = createFilesHarness();
    const { id: assistantId } = await harness.otherClient.createAssistant({
      body: { model: 'scripted', name: 'Coder', tools: [{ type: 'code_interpreter' }] },
    });
    const { onSaved } = await openEditor(harness, assistantId);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    harness.intercept(async (request) => {
      if (request.url.endsWith('/files')) await held;
      return undefined;
    });
    await upload(await findGroup('Files for the code interpreter'));
    await screen.findByRole('progressbar', { name: 'Uploading notes.txt' });
    await save();
    await act(async () => release());
    await screen.findByRole('button', { name: REMOVE });
    expect(onSaved).not.toHaveBeenCalled();
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Save' })).toHaveAttribute(
        'aria-disabled',
        'false',
      ),
    );
    await save();
    await waitFor(() => expect(onSaved).toHaveBeenCalledOnce());
  });
});
