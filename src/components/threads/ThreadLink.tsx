import type { KeyboardEvent, ReactElement } from 'react';
import { asPart } from '../part.js';

/** Props of `ThreadLink`. */
export interface ThreadLinkProps {
  title: string;
  isCurrent: boolean;
  /** Address of the thread. Without it, the title is a button. */
  href: string | undefined;
  /** Words of a message, below the title. */
  excerpt: string | undefined;
  /** False if Tab skips the thread. */
  isTabStop: boolean;
  /** Id of the element that describes the thread. */
  describedBy: string | undefined;
  onSelect: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** Title that opens a thread. Element: a or button. */
export function ThreadLink({
  title,
  isCurrent,
  href,
  excerpt,
  isTabStop,
  describedBy,
  onSelect,
  onKeyDown,
}: ThreadLinkProps): ReactElement {
  const props = {
    ...asPart('thread-link'),
    'aria-current': isCurrent ? ('page' as const) : undefined,
    'aria-describedby': describedBy,
    tabIndex: isTabStop ? 0 : -1,
    dir: 'auto',
    title,
    onKeyDown,
  };
  const children = (
    <>
      <span>{title}</span>
      {excerpt !== undefined && <span {...asPart('thread-excerpt')}>{excerpt}</span>}
    </>
  );
  if (href === undefined)
    return (
      <button type="button" {...props} onClick={onSelect}>
        {children}
      </button>
    );
  return (
    <a
      href={href}
      {...props}
      onClick={(event) => {
        // The browser opens a tab or a window for other clicks.
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onSelect();
      }}
    >
      {children}
    </a>
  );
}
