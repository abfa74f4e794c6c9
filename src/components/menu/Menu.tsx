import {
  useEffect,
  useState,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
} from 'react';
import { getTreeRoot } from '../../common/treeRoot.js';
import { createTypeahead, isLetterKey } from './createTypeahead.js';

/** Entry of a menu. */
export interface MenuItem {
  label: string;
  icon?: ReactNode;
  /** Key that does the same outside the menu, as in `aria-keyshortcuts`, such as 'F2'. Shown at the end of the entry. */
  shortcut?: string | undefined;
  /** @default false */
  isDanger?: boolean | undefined;
  /** Called after the menu has closed and its button has the focus. */
  onSelect: () => void;
}

interface MenuProps {
  id: string;
  ref: RefObject<HTMLDivElement | null>;
  label: string;
  items: readonly MenuItem[];
  /** Entry that has the focus when the menu opens. */
  initialFocus: 'first' | 'last';
  /** Closes the menu and focuses its button. */
  onReturn: () => void;
}

/** Open menu. Element: div. */
export function Menu({ id, ref, label, items, initialFocus, onReturn }: MenuProps): ReactElement {
  const [typeahead] = useState(createTypeahead);
  const getEntries = (): HTMLElement[] => [
    ...(ref.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? []),
  ];
  useEffect(() => {
    const entries = ref.current?.querySelectorAll<HTMLElement>('[role="menuitem"]');
    entries?.[initialFocus === 'first' ? 0 : entries.length - 1]?.focus();
  }, [ref, initialFocus]);

  const onKeyDown = (event: KeyboardEvent): void => {
    // Rows and pages have shortcuts of their own.
    event.stopPropagation();
    if (event.key === 'Tab') {
      // The focus moves on from the button.
      onReturn();
      return;
    }
    const entries = getEntries();
    const active = ref.current && getTreeRoot(ref.current).activeElement;
    const index = entries.findIndex((entry) => entry === active);
    if (event.key === 'Escape') onReturn();
    else {
      const next = isLetterKey(event)
        ? typeahead.find(
            event.key,
            event.timeStamp,
            items.map((item) => item.label),
            index,
          )
        : getNextIndex(event.key, index, entries.length);
      if (next === undefined) return;
      entries[next]?.focus();
    }
    event.preventDefault();
  };
  return (
    // Clicks must not reach the row around the menu.
    <div
      ref={ref}
      id={id}
      role="menu"
      tabIndex={-1}
      data-part="menu"
      aria-label={label}
      onKeyDown={onKeyDown}
      onClick={(event) => event.stopPropagation()}
    >
      {items.map((item) => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          aria-keyshortcuts={item.shortcut}
          data-part="menu-item"
          data-tone={item.isDanger === true ? 'danger' : undefined}
          onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
          onClick={() => {
            onReturn();
            item.onSelect();
          }}
        >
          {item.icon}
          <span data-part="menu-label">{item.label}</span>
          {item.shortcut !== undefined && (
            <span data-part="menu-key" aria-hidden>
              {item.shortcut}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

/** Returns the index of the entry that a key leads to. Undefined for other keys. */
export function getNextIndex(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return (index + 1) % count;
    case 'ArrowUp':
      return (Math.max(index, 0) - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
