import type { TextFormat } from '../../i18n/createFormat.js';

/** Formats a duration between two times of the API. They are whole seconds, so what takes none may have taken almost one. */
export function formatDuration(seconds: number, format: TextFormat): string {
  return seconds < 1 ? `< ${format.duration(1)}` : format.duration(seconds);
}
