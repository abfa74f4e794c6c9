import type { TextFormat } from './createFormat.js';

type Locale = Pick<TextFormat, 'locale'>;

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** Formats a size in bytes as kB, MB or GB. A kB has 1,000 bytes. */
export function formatBytes({ locale }: Locale, bytes: number): string {
  let value = bytes;
  let index = 0;
  while (value >= 1_000 && index < UNITS.length - 1) {
    value /= 1_000;
    index += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[index] ?? 'byte',
    maximumFractionDigits: value < 10 ? 1 : 0,
    // The short name of bytes is "byte" in many languages.
    unitDisplay: index === 0 ? 'narrow' : 'short',
  }).format(value);
}

/** Formats a fraction: 0.5 becomes `50%`. */
export function formatPercent({ locale }: Locale, fraction: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(fraction);
}

/** Joins names: `a, b, and c`. */
export function formatList({ locale }: Locale, names: Iterable<string>): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
}
