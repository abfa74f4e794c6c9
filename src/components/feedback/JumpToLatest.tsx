import type { ReactElement } from 'react';
import { Button, type ButtonProps } from '../Button.js';
import { useFormat } from '../i18n/useFormat.js';
import { useTexts } from '../i18n/useTexts.js';
import { ArrowDown } from '../icons.js';

/** Props of `JumpToLatest`. */
export interface JumpToLatestProps extends Omit<ButtonProps, 'children'> {
  /** Messages that arrived below the visible area. @default 0 */
  count?: number | undefined;
}

/** Button that scrolls to the newest message. Element: button. `data-count`. */
export function JumpToLatest({ count = 0, ...props }: JumpToLatestProps): ReactElement {
  const texts = useTexts();
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
