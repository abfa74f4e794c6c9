import { useContext, useSyncExternalStore } from 'react';
import { noopSubscribe } from '../../common/noopSubscribe.js';
import { createFormat, type TextFormat } from './createFormat.js';
import { LanguageContext } from './LanguageContext.js';

const formats = new Map<string, TextFormat>();

/**
 * Returns the formatters for numbers, times and durations in the language of the nearest `ComponentsProvider`.
 *
 * A server does not know the time zone of the user, and without a `locale` neither their language. So the server and the
 * hydrating render format in UTC, and without a `locale` in English. The next render uses the settings of the browser.
 */
export function useFormat(): TextFormat {
  const { locale } = useContext(LanguageContext);
  const isHydrating = useSyncExternalStore(noopSubscribe, getFalse, getTrue);
  return isHydrating ? getFormat(locale ?? 'en', 'UTC') : getFormat(locale);
}

const getFalse = () => false;
const getTrue = () => true;

function getFormat(locale: string | undefined, timeZone?: 'UTC'): TextFormat {
  const key = `${locale ?? ''} ${timeZone ?? ''}`;
  const cached = formats.get(key);
  if (cached !== undefined) return cached;
  const format = createFormat(locale, timeZone);
  formats.set(key, format);
  return format;
}
