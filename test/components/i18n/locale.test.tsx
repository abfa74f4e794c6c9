import { render } from '@testing-library/react';
import { ComponentsProvider } from 'assistants-react';
import { german } from 'assistants-react/languages/german';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => void vi.restoreAllMocks());

it.each([
  ['de', undefined, 1],
  ['de', german, 0],
  ['en-GB', undefined, 0],
  [undefined, undefined, 0],
])('warns of a locale without its texts: %s', (locale, texts, count) => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  render(<ComponentsProvider locale={locale} texts={texts} />);
  const warnings = warn.mock.calls.filter(([text]) =>
    String(text).includes('assistants-react/languages/'),
  );
  expect(warnings).toHaveLength(count);
});
