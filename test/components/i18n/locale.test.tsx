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
])('warns of a locale without its texts: %s', async (locale, texts, count) => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  render(<ComponentsProvider locale={locale} texts={texts} />);
  const countWarnings = () =>
    warn.mock.calls.filter(([text]) => String(text).includes('assistants-react/languages/')).length;
  // The code that warns is loaded when it is needed.
  await import('../../../src/components/i18n/warnAboutLocale.lazy.js');
  await vi.waitFor(() => expect(countWarnings()).toBe(count), 60_000);
});
