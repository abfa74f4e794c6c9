import { render, screen, waitFor } from '@testing-library/react';
import { Activity, StrictMode, type ActivityProps } from 'react';
import { userEvent } from '@testing-library/user-event';
import 'assistants-react/styles.css';
import { ComponentsProvider, ImportDialog, type ImportDialogProps } from 'assistants-react';
import { fileFolder, importFolder, memoryStore } from 'assistants-react/backend';
import type { TransferReport } from 'assistants-react/backend';
import { german } from 'assistants-react/languages/german';
import { expect, it, vi } from 'vitest';
import { createDeferred } from '../../createDeferred.js';

const THREADS = ['thread_a', 'thread_b'].map(
  (id) =>
    new File([JSON.stringify({ object: 'thread', id, created_at: 1, metadata: {} })], `${id}.json`),
);

function open(props: Partial<ImportDialogProps<TransferReport>> = {}) {
  const store = memoryStore();
  const onClose = vi.fn<() => void>();
  const result = render(
    <ImportDialog
      onImport={async (files, options) =>
        importFolder({ ...options, store, folder: await fileFolder(files) })
      }
      onClose={onClose}
      {...props}
    />,
  );
  return { store, onClose, ...result };
}

const upload = (files: File[], label = 'Choose files') =>
  userEvent.upload(screen.getByLabelText(label, { selector: 'input' }), files);

it('imports the chosen files, and shows what was imported', async () => {
  const onImported = vi.fn<(report: TransferReport) => void>();
  const { store } = open({ onImported });
  expect(screen.getByRole('dialog', { name: 'Import conversations' })).toBeVisible();
  await upload(THREADS);
  expect(await screen.findByText('2 conversations imported.')).toBeVisible();
  expect(await store.count('threads')).toBe(2);
  expect(onImported).toHaveBeenCalledOnce();
  await upload(THREADS.slice(0, 1));
  expect(await screen.findByText('0 conversations imported. 1 already here.')).toBeVisible();
});

it('says why it cannot read a file, and takes another one', async () => {
  open();
  await upload([new File(['not packed'], 'chats.zip')]);
  expect(await screen.findByRole('alert')).toHaveTextContent('chats.zip is not a zip file.');
  await upload([new File(['"text"'], 'notes.json')]);
  expect(await screen.findByText(/The file has no objects of the Assistants API/)).toBeVisible();
  expect(screen.queryByRole('alert')).toBeNull();
  await upload(THREADS);
  expect(await screen.findByText('2 conversations imported.')).toBeVisible();
});

it('imports a folder that was dropped', async () => {
  const { store } = open();
  const drop = new DataTransfer();
  for (const file of THREADS) drop.items.add(file);
  const dialog = screen.getByRole('dialog');
  dialog.dispatchEvent(
    new DragEvent('dragover', { dataTransfer: drop, bubbles: true, cancelable: true }),
  );
  await waitFor(() => expect(dialog).toHaveAttribute('data-dropping'));
  dialog.dispatchEvent(
    new DragEvent('drop', { dataTransfer: drop, bubbles: true, cancelable: true }),
  );
  expect(await screen.findByText('2 conversations imported.')).toBeVisible();
  expect(dialog).not.toHaveAttribute('data-dropping');
  expect(await store.count('threads')).toBe(2);
});

it('shows the progress, and stops', async () => {
  const started = createDeferred();
  let signal: AbortSignal | undefined;
  open({
    onImport: (_, options) => {
      signal = options.signal;
      options.onProgress({ share: 0.25 });
      started.resolve();
      return new Promise(() => {});
    },
  });
  await upload(THREADS);
  await started.promise;
  expect(await screen.findByText('25%')).toBeVisible();
  expect(screen.getByRole('progressbar')).toHaveValue(0.25);
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
  expect(signal?.aborted).toBe(true);
  expect(await screen.findByRole('button', { name: 'Choose files' })).toBeVisible();
});

it('stops an import when it is closed or unmounted', async () => {
  let signal: AbortSignal | undefined;
  const { onClose, unmount } = open({
    onImport: (_, options) => {
      signal = options.signal;
      return new Promise(() => {});
    },
  });
  await upload(THREADS);
  await userEvent.click(await screen.findByRole('button', { name: 'Close' }));
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  unmount();
  expect(signal?.aborted).toBe(true);
});

it('lists problems as text, and counts those that are too many', async () => {
  const problem = { where: 'a.json', message: '<img src=x> is damaged.', advice: 'Export again.' };
  const counts = { threads: { added: 1, present: 0, skipped: 30 } };
  const report = { counts, problems: Array(30).fill(problem), missingContents: [{}, {}] };
  render(
    <ComponentsProvider texts={german} locale="de">
      <ImportDialog onImport={async () => report} onClose={() => {}} />
    </ComponentsProvider>,
  );
  await upload(THREADS, 'Dateien auswählen');
  expect(
    await screen.findByText(
      '1 Unterhaltung importiert. 30 ausgelassen. Im Export fehlen die Inhalte von 2 Dateien.',
    ),
  ).toBeVisible();
  expect(screen.getAllByText(/<img src=x> is damaged\. Export again\./)).toHaveLength(20);
  expect(screen.getByText('… und 10 weitere')).toBeInTheDocument();
});

it('lies in the middle of the window under a reset of the app', () => {
  const reset = document.head.appendChild(document.createElement('style'));
  reset.textContent = '@layer base { * { margin: 0; padding: 0; } }';
  open();
  const { left, right, top, bottom } = screen.getByRole('dialog').getBoundingClientRect();
  reset.remove();
  expect(left).toBeGreaterThan(0);
  expect(Math.abs(document.documentElement.clientWidth - right - left)).toBeLessThan(2);
  expect(Math.abs(window.innerHeight - bottom - top)).toBeLessThan(2);
});

it('leaves the page to the user while an Activity hides it, and stops its import', async () => {
  const onClose = vi.fn<() => void>();
  const page = (mode: ActivityProps['mode']) => (
    <StrictMode>
      <button type="button">Elsewhere</button>
      <Activity mode={mode}>
        <ImportDialog onImport={() => new Promise<never>(() => {})} onClose={onClose} />
      </Activity>
    </StrictMode>
  );
  const { rerender } = render(page('visible'));
  await upload(THREADS);
  expect(await screen.findByRole('progressbar')).toBeVisible();
  rerender(page('hidden'));
  const elsewhere = screen.getByRole('button', { name: 'Elsewhere' });
  await waitFor(() => {
    elsewhere.focus();
    expect(elsewhere).toHaveFocus();
  });
  rerender(page('visible'));
  await waitFor(() => expect(screen.getByRole('dialog').matches(':modal')).toBe(true));
  expect(screen.getByRole('button', { name: 'Choose files' })).toBeVisible();
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
});
