import { renderHook, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useFileContent } from '../../src/hooks/operations/files.js';
import { createHookHarness } from './createHookHarness.js';

/** Returns the content of a blob URL, or undefined if the URL was revoked. */
async function readUrl(url: string | undefined): Promise<string | undefined> {
  try {
    const response = await fetch(url ?? 'about:error');
    return await response.text();
  } catch {
    return undefined;
  }
}

test('creates a URL for the content of a file and revokes it on unmount', async () => {
  const { wrapper, upload, takeRequests } = createHookHarness();
  const fileId = await upload('notes.txt', 'Notes');
  const { result, unmount } = renderHook(() => useFileContent({ fileId }), { wrapper });
  await waitFor(() => expect(result.current.url).toMatch(/^blob:/));
  const { url } = result.current;
  expect(await readUrl(url)).toBe('Notes');
  expect(takeRequests()).toEqual([`GET /files/${fileId}/content`]);
  unmount();
  expect(await readUrl(url)).toBeUndefined();
});

test('revokes the URL when the file changes', async () => {
  const { wrapper, upload } = createHookHarness();
  const [one, two] = [await upload('one.txt', 'One'), await upload('two.txt', 'Two')];
  const initialProps: { fileId: string | null } = { fileId: one };
  const { result, rerender } = renderHook((params: typeof initialProps) => useFileContent(params), {
    wrapper,
    initialProps,
  });
  await waitFor(() => expect(result.current.url).toBeDefined());
  const first = result.current.url;
  rerender({ fileId: two });
  expect(result.current.url).toBeUndefined();
  await waitFor(() => expect(result.current.url).toBeDefined());
  expect(await readUrl(result.current.url)).toBe('Two');
  expect(await readUrl(first)).toBeUndefined();
  rerender({ fileId: null });
  expect(result.current.url).toBeUndefined();
});
