import { useId, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import type { ButtonProps } from '../Button.js';
import { Ellipsis } from '../icons.lazy.js';
import { createPart } from '../part.js';
import { Menu, type MenuItem } from './Menu.js';
import { usePopover } from './usePopover.js';

/** Props of `MenuButton`. */
export interface MenuButtonProps extends ButtonProps {
  items: readonly MenuItem[];
  /** Name of the button and its menu. */
  'aria-label': string;
  /** Content of the button. @default three dots */
  children?: ReactNode;
}

/**
 * Button that opens a menu. The menu has the keys of the ARIA menu pattern: arrows, Home, End, the first letters of an entry, Escape.
 * Its code is small enough to be loaded with the button. Element: button, and beside it the open menu, `data-part="menu"`.
 *
 * @example
 * ```tsx
 * import { MenuButton } from 'assistants-react';
 *
 * export function More({ onShare }: { onShare: () => void }) {
 *   return <MenuButton aria-label="More" items={[{ label: 'Share', onSelect: onShare }]} />;
 * }
 * ```
 */
export function MenuButton({
  items,
  variant = 'icon',
  children = <Ellipsis size={16} />,
  ...props
}: MenuButtonProps): ReactElement {
  const id = useId();
  const [focused, setFocused] = useState<'first' | 'last'>();
  const isOpen = focused !== undefined;
  const close = (): void => setFocused(undefined);
  const { button, popover } = usePopover(isOpen, close);
  const returnFocus = (): void => {
    close();
    button.current?.focus();
  };
  const label = props['aria-label'];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    event.stopPropagation();
    setFocused(event.key === 'ArrowDown' ? 'first' : 'last');
  };
  return (
    <>
      {createPart(
        {
          tag: 'button',
          name: 'button',
          state: { variant },
          defaultProps: {
            ref: button,
            type: 'button',
            title: label,
            'aria-haspopup': 'menu',
            'aria-expanded': isOpen,
            'aria-controls': isOpen ? id : undefined,
            children,
            onClick: () => (isOpen ? returnFocus() : setFocused('first')),
            onKeyDown,
          },
        },
        props,
      )}
      {isOpen && (
        <Menu
          id={id}
          ref={popover}
          label={label}
          items={items}
          initialFocus={focused}
          onReturn={returnFocus}
        />
      )}
    </>
  );
}
