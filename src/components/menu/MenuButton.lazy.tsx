import { Menu } from '@base-ui/react/menu';
import { useEffect, useRef, useState, type ReactElement, type RefObject } from 'react';
import { ExistingTrigger } from '../popup/ExistingTrigger.js';
import { isLeavingWithTab } from '../popup/isLeavingWithTab.js';
import { popupHostProps, popupProps } from '../popup/popupProps.js';
import type { MenuItem } from './MenuItem.js';
import { asPart } from '../part.js';

/** Props of `MenuPopup`. */
export interface MenuPopupProps {
  id: string;
  label: string;
  items: readonly MenuItem[];
  /** Entry that has the focus when the menu opens. */
  initialFocus: 'first' | 'last';
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** Open menu. Element: div. */
export function MenuPopup({
  id,
  label,
  items,
  initialFocus,
  button,
  onClose,
}: MenuPopupProps): ReactElement {
  const [host, setHost] = useState<HTMLElement | null>(null);
  const returnFocus = (): void => {
    onClose();
    button.current?.focus();
  };
  return (
    <span ref={setHost} {...popupHostProps}>
      <Menu.Root
        open
        modal={false}
        onOpenChange={(_, { reason }) => {
          if (reason === 'escape-key') returnFocus();
          else onClose();
        }}
      >
        <Menu.Trigger render={<ExistingTrigger element={button} />} />
        <Menu.Portal container={host}>
          <Menu.Positioner {...popupProps} align="end">
            <Menu.Popup
              id={id}
              {...asPart('menu')}
              aria-label={label}
              // An entry may move the focus elsewhere, so it is returned before that.
              finalFocus={false}
              // Keys and clicks must not reach the row around the menu, which has shortcuts of its own.
              onKeyDown={(event) => {
                event.stopPropagation();
                if (isLeavingWithTab(event)) returnFocus();
              }}
              onClick={(event) => event.stopPropagation()}
            >
              {items.map((item) => (
                <MenuEntry
                  key={item.label}
                  item={item}
                  hasInitialFocus={item === items.at(initialFocus === 'first' ? 0 : -1)}
                  onReturnFocus={returnFocus}
                />
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </span>
  );
}

interface MenuEntryProps {
  item: MenuItem;
  /** True if the entry takes the focus when the menu opens. */
  hasInitialFocus: boolean;
  onReturnFocus: () => void;
}

function MenuEntry({ item, hasInitialFocus, onReturnFocus }: MenuEntryProps): ReactElement {
  const entry = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Opened with a pointer, a menu of Base UI takes the focus itself. An entry shows where the arrow keys start.
    if (hasInitialFocus) entry.current?.focus();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only when the menu opens, not when its entries change
  }, []);
  return (
    <Menu.Item
      ref={entry}
      label={item.label}
      aria-keyshortcuts={item.shortcut}
      {...asPart('menu-item')}
      data-tone={item.isDanger === true ? 'danger' : undefined}
      onClick={(event) => {
        // Base UI would focus the entry again.
        event.preventBaseUIHandler();
        onReturnFocus();
        item.onSelect();
      }}
    >
      {item.icon}
      <span {...asPart('menu-label')}>{item.label}</span>
      {item.shortcut !== undefined && (
        <span {...asPart('menu-key')} aria-hidden>
          {item.shortcut}
        </span>
      )}
    </Menu.Item>
  );
}
