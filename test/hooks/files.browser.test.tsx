import { renderHook, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useFileContent } from '../../src/hooks/operations/files.js';
import { createHookWorld } from './renderWithBackend.js';

/** What a URL holds; undefined where it has been revoked. */
async function read(url: string | undefined): Promise<string | undefined> {
  return fetch(url ?? 'about:error').then(
    (response) => response.text(),
    () => undefined,
  );
}

test('gives the content of a file a URL, and takes it back with the component', async () => {
  const { wrapper, upload, sent } = createHookWorld();
  const fileId = await upload('notes.txt', 'Notes');
  const { result, unmount } = renderHook(() => useFileContent({ fileId }), { wrapper });
  await waitFor(() => expect(result.current.url).toMatch(/^blob:/));
  const { url } = result.current;
  expect(await read(url)).toBe('Notes');
  expect(sent()).toEqual([`GET /files/${fileId}/content`]);
  unmount();
  expect(await read(url)).toBeUndefined();
});

test('takes the URL back when the file changes', async () => {
  const { wrapper, upload } = createHookWorld();
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
  expect(await read(result.current.url)).toBe('Two');
  expect(await read(first)).toBeUndefined();
  rerender({ fileId: null });
  expect(result.current.url).toBeUndefined();
});
