import { Menu } from '@base-ui/react/menu';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { ExistingTrigger } from '../popup/ExistingTrigger.js';
import { getPopupHandlers } from '../popup/getPopupHandlers.js';
import { popupHostProps, popupProps } from '../popup/popupProps.js';
import type { PopupControls } from '../popup/usePopupButton.js';
import type { MenuItem } from './MenuItem.js';
import { asPart } from '../part.js';

/** Props of `MenuPopup`. */
export interface MenuPopupProps extends PopupControls {
  label: string;
  items: readonly MenuItem[];
}

/** Open menu. Element: div. */
export function MenuPopup({
  id,
  button,
  openedBy,
  onClose,
  onReturnFocus,
  label,
  items,
}: MenuPopupProps): ReactElement {
  const [host, setHost] = useState<HTMLElement | null>(null);
  const focused = items.at(openedBy === 'ArrowUp' ? -1 : 0);
  return (
    <span ref={setHost} {...popupHostProps}>
      <Menu.Root
        open
        modal={false}
        onOpenChange={(_, { reason }) => {
          if (reason === 'escape-key') onReturnFocus();
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
              {...getPopupHandlers(onReturnFocus)}
            >
              {items.map((item) => (
                <MenuEntry
                  key={item.label}
                  item={item}
                  hasInitialFocus={item === focused}
                  onReturnFocus={onReturnFocus}
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
