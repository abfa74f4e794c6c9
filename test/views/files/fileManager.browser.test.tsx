import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import 'assistants-react/styles.css';
import { FileManager, type FileManagerProps } from 'assistants-react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { advanceTimers } from '../../hooks/createHookHarness.js';
import {
  createErrorResponse,
  createTestHarness,
  findErrorNotice,
  isPost,
} from '../createTestHarness.js';

afterEach(() => {
  vi.useRealTimers();
});

async function openManager(files: readonly File[], props: FileManagerProps = {}) {
  const harness = createTestHarness();
  for (const file of files)
    await harness.otherClient.uploadFile({ body: { file, purpose: 'assistants' } });
  harness.render(<FileManager {...props} />);
  if (files.length > 0) await screen.findByText(files.at(-1)?.name ?? '');
  return harness;
}

/** Returns a PNG file of one pixel. */
const getPixel = () =>
  Uint8Array.from(
    atob(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    ),
    (character) => character.charCodeAt(0),
  );

const getNames = () =>
  [...document.querySelectorAll('[data-part="file-row"] bdi')].map((name) => name.textContent);
const upload = (...files: File[]) =>
  userEvent.upload(screen.getByLabelText('Upload files', { selector: 'input' }), files);

it('lists files, newest first, and adds uploaded ones', async () => {
  await openManager([new File(['a'], 'older.txt'), new File(['b'], 'newer.txt')]);
  expect(getNames()).toEqual(['newer.txt', 'older.txt']);

  await upload(new File(['c'], 'newest.txt'));

  await waitFor(() => expect(getNames()).toEqual(['newest.txt', 'newer.txt', 'older.txt']));
  expect(screen.getByText('1 file uploaded')).toHaveRole('status');
  expect(document.querySelector('[data-part="file-chip"]')).toBeNull();
});

it('cancels an upload, and tries a refused one again', async () => {
  const harness = await openManager([]);
  const signals: AbortSignal[] = [];
  harness.intercept(async (request) => {
    if (!isPost(request, /files$/)) return undefined;
    signals.push(request.signal);
    return signals.length === 1
      ? new Promise(() => undefined)
      : createErrorResponse(413, 'The file is too large.');
  });
  const longName = `${'slow'.repeat(60)}.txt`;
  await upload(new File(['a'], longName));
  await waitFor(() => expect(signals).toHaveLength(1));
  const cancel = screen.getByRole('button', { name: /Cancel upload of slow/ });
  const manager = screen.getByRole('region', { name: 'Files' });
  expect(cancel.getBoundingClientRect().right).toBeLessThanOrEqual(
    manager.getBoundingClientRect().right,
  );
  await userEvent.click(cancel);
  expect(screen.queryByText(/slow/)).toBeNull();

  await upload(new File(['b'], 'large.txt'));
  expect(await screen.findByText(/The file is too large/)).toBeVisible();
  harness.intercept();
  await userEvent.click(screen.getByRole('button', { name: 'Upload large.txt again' }));
  await waitFor(() => expect(getNames()).toEqual(['large.txt']));
});

/** Returns false if a handler has kept the drop from the browser. */
function dropItems(...items: object[]): boolean {
  const manager = screen.getByRole('region', { name: 'Files' });
  const event = new Event('drop', { bubbles: true, cancelable: true });
  // Browsers let no script create a drop with folders.
  Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], items } });
  return fireEvent(manager, event);
}

it('uploads dropped files, and those of dropped folders', async () => {
  await openManager([]);
  const toEntry = (file: File) => ({
    isFile: true,
    fullPath: `/${file.name}`,
    file: (onFile: (read: File) => void) => onFile(file),
  });
  const children = [toEntry(new File(['b'], 'inner.txt'))];
  const folder = {
    isDirectory: true,
    createReader: () => ({
      readEntries: (onEntries: (entries: object[]) => void) => onEntries(children.splice(0)),
    }),
  };
  dropItems(
    { webkitGetAsEntry: () => null, getAsFile: () => new File(['a'], 'plain.txt') },
    { webkitGetAsEntry: () => folder, getAsFile: () => null },
  );
  await waitFor(() => expect(getNames().toSorted()).toEqual(['inner.txt', 'plain.txt']));
});

it('ignores dropped files without uploads, instead of leaving the page for them', async () => {
  await openManager([], { allowUpload: false });
  const file = new File(['a'], 'plain.txt');
  const isLeftToBrowser = dropItems({ webkitGetAsEntry: () => null, getAsFile: () => file });
  expect(isLeftToBrowser).toBe(false);
  expect(getNames()).toEqual([]);
});

it('says why dropped files cannot be read', async () => {
  await openManager([]);
  const entry = {
    isFile: true,
    file: (_: unknown, reject: (reason: Error) => void) => reject(new Error('It was moved.')),
  };
  dropItems({ webkitGetAsEntry: () => entry, getAsFile: () => null });
  await screen.findByRole('alert');
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByRole('alert')).toBeNull();
});

// The dialog fades in, so its content is not visible at once.
describe('the preview', () => {
  const openPreview = async (name: string) => {
    await userEvent.click(screen.getByRole('button', { name }));
    return screen.findByRole('dialog', { name });
  };

  it('shows a text as text, and closes', async () => {
    await openManager([new File(['<script>alert(1)</script> is text'], 'page.html')]);
    const dialog = await openPreview('page.html');
    expect(
      await within(dialog).findByText('<script>alert(1)</script> is text'),
    ).toBeInTheDocument();
    expect(dialog.querySelector('script, iframe')).toBeNull();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('shows only the beginning of a long text', async () => {
    await openManager([new File(['é'.repeat(150_000)], 'long.txt')]);
    const dialog = await openPreview('long.txt');
    expect(await within(dialog).findByText('Only the beginning is shown.')).toBeInTheDocument();
    expect(dialog.querySelector('pre')).toHaveTextContent(/^é+$/);
  });

  it('finds images and PDF files by their content, not by their name', async () => {
    const hasViewer = vi.spyOn(navigator, 'pdfViewerEnabled', 'get').mockReturnValue(true);
    await openManager([new File([getPixel()], 'text.txt'), new File(['%PDF-1.7 …'], 'image.png')]);
    const image = await openPreview('text.txt');
    expect(await within(image).findByRole('img', { name: 'text.txt' })).toBeInTheDocument();
    await userEvent.click(within(image).getByRole('button', { name: 'Close' }));
    const pdf = await openPreview('image.png');
    expect(await within(pdf).findByTitle('image.png')).toHaveAttribute(
      'src',
      expect.stringMatching(/^blob:/),
    );
    hasViewer.mockRestore();
  });

  it.each([[[0, 1, 2, 255]], [[]]])('says that %j cannot be shown', async (bytes) => {
    await openManager([new File([new Uint8Array(bytes)], 'data.bin')]);
    const dialog = await openPreview('data.bin');
    expect(await within(dialog).findByText('This file has no preview.')).toBeInTheDocument();
    expect(within(dialog).getByRole('button', { name: 'Download data.bin' })).toBeInTheDocument();
  });

  it('explains why the content could not be loaded, and tries again', async () => {
    const harness = await openManager([new File(['text'], 'a.txt')]);
    harness.intercept(async ({ url }) =>
      url.endsWith('/content') ? createErrorResponse(400, 'Not allowed to download.') : undefined,
    );
    const dialog = await openPreview('a.txt');
    expect(await findErrorNotice()).toHaveTextContent('Not allowed to download.');
    harness.intercept();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Try again' }));
    expect(await within(dialog).findByText('text')).toBeInTheDocument();
  });
});

describe('deleting a file', () => {
  const press = (name: string) =>
    act(() => {
      const button = screen.getByRole('button', { name });
      button.focus();
      button.click();
    });

  it('can be undone, and is made after ten seconds', async () => {
    const harness = await openManager([new File(['a'], 'a.txt'), new File(['b'], 'b.txt')]);
    vi.useFakeTimers();
    press('Delete b.txt');
    expect(screen.getByRole('button', { name: 'Undo: keep b.txt' })).toHaveFocus();
    press('Undo: keep b.txt');
    expect(screen.getByRole('button', { name: 'b.txt' })).toHaveFocus();
    press('Delete b.txt');
    await advanceTimers(11_000);
    expect(harness.takeWrites()).toEqual([expect.stringMatching(/^DELETE \/files\//)]);
    expect(getNames()).toEqual(['a.txt']);
    expect(screen.getByRole('button', { name: 'a.txt' })).toHaveFocus();
  });

  it('is not offered if the app forbids it', async () => {
    await openManager([new File(['a'], 'a.txt')], { allowDelete: false, allowUpload: false });
    expect(screen.queryByRole('button', { name: 'Delete a.txt' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Upload files' })).toBeNull();
  });
});
