import { ArrowDown } from '../icons.js';
import type { ReactElement } from 'react';
import { Button, type ButtonProps } from '../Button.js';
import { useConversationTexts, useFormat } from '../i18n/TextsContext.js';

/** Props of `JumpToLatest`. */
export interface JumpToLatestProps extends Omit<ButtonProps, 'children'> {
  /** Messages that arrived while the reader was elsewhere. @default 0 */
  count?: number | undefined;
}

/** Leads back to the newest message. Element: button. `data-count`. */
export function JumpToLatest({ count = 0, ...props }: JumpToLatestProps): ReactElement {
  const texts = useConversationTexts();
  const format = useFormat();
  const label = count > 0 ? texts.list.jumpNew(format.number(count), count) : texts.list.jump;
  return (
    <Button
      data-role="jump-to-latest"
      data-count={count}
      aria-label={count > 0 ? `${texts.list.jump}, ${label}` : label}
      {...props}
    >
      <ArrowDown />
      {count > 0 && <span>{label}</span>}
    </Button>
  );
}
