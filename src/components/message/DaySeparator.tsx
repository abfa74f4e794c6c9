import type { ReactElement } from 'react';
import { useConversationTexts, useFormat } from '../i18n/TextsContext.js';
import { createPart, type PartProps } from '../part.js';
import { useNow } from '../useNow.js';

/** Props of `DaySeparator`. */
export interface DaySeparatorProps extends Omit<PartProps<'div'>, 'children'> {
  /** Any time of the day, in Unix seconds. */
  day: number;
}

const DAY_SECONDS = 86_400;

/** Names the day on which the messages below it were written. Element: div. */
export function DaySeparator({ day, ...props }: DaySeparatorProps): ReactElement | null {
  const texts = useConversationTexts();
  const format = useFormat();
  const now = useNow(false);
  const { dayKey } = format;
  const key = dayKey(day);
  const text =
    key === dayKey(now)
      ? texts.list.today
      : key === dayKey(now - DAY_SECONDS)
        ? texts.list.yesterday
        : format.day(day);
  return createPart(
    { tag: 'div', name: 'day-separator', own: { children: <span>{text}</span> } },
    props,
  );
}
