import type { ReactNode } from 'react';

/** Entry of a menu. */
export interface MenuItem {
  label: string;
  icon?: ReactNode;
  /** Key that does the same outside the menu, as in `aria-keyshortcuts`, such as 'F2'. Shown at the end of the entry. */
  shortcut?: string | undefined;
  /** @default false */
  isDanger?: boolean | undefined;
  /** Called after the button of the menu has the focus again. */
  onSelect: () => void;
}
