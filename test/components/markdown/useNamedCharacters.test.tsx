import { renderHook, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { decodeText, type NameDecoder } from '../../../src/components/markdown/parse/decodeText.js';
import { useNamedCharacters } from '../../../src/components/markdown/useNamedCharacters.js';

const createParser = (text: string) =>
  vi.fn<(decodeName: NameDecoder) => string>((decodeName) => decodeText(text, decodeName));

it('decodes common names immediately', () => {
  const { result } = renderHook(() => useNamedCharacters(createParser('&lt; &#65;&nbsp;&amp;')));
  expect(result.current).toBe('< A\u00a0&');
});

it('parses again when the table of all names is loaded, but not text with common names', async () => {
  const [parseCommon, parseUncommon] = [createParser('&amp;'), createParser('&frac78; &amp;')];
  const common = renderHook(() => useNamedCharacters(parseCommon));
  const uncommon = renderHook(() => useNamedCharacters(parseUncommon));
  expect(uncommon.result.current).toBe('&frac78; &');
  await waitFor(() => expect(uncommon.result.current).toBe('⅞ &'));
  expect(parseUncommon).toHaveBeenCalledTimes(2);
  expect(common.result.current).toBe('&');
  expect(parseCommon).toHaveBeenCalledTimes(1);
});
