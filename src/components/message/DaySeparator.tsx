import type { ReactElement } from 'react';
import { useFormat } from '../i18n/useFormat.js';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, type PartProps } from '../part.js';
import { useNow } from '../useNow.js';

/** Props of `DaySeparator`. */
export interface DaySeparatorProps extends Omit<PartProps<'div'>, 'children'> {
  /** Any time of the day, in Unix seconds. */
  day: number;
}

const DAY_SECONDS = 86_400;

/** Shows the day of the messages below it: "Today", "Yesterday" or a date. Element: div. */
export function DaySeparator({ day, ...props }: DaySeparatorProps): ReactElement | null {
  const label = useDayLabel(day);
  return createPart(
    { tag: 'div', name: 'day-separator', defaultProps: { children: <span>{label}</span> } },
    props,
  );
}

function useDayLabel(day: number): string {
  const texts = useTexts();
  const format = useFormat();
  const now = useNow(false);
  if (now === undefined) return format.day(day);
  const key = format.dayKey(day);
  if (key === format.dayKey(now)) return texts.list.today;
  if (key === format.dayKey(now - DAY_SECONDS)) return texts.list.yesterday;
  return format.day(day);
}
