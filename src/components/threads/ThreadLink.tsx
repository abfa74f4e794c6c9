import type { ReactElement } from 'react';

/** Props of `ThreadLink`. */
export interface ThreadLinkProps {
  title: string;
  isCurrent: boolean;
  /** Address of the thread. Without it, the title is a button. */
  href: string | undefined;
  onSelect: () => void;
}

/** Title that opens a thread. Element: a or button. */
export function ThreadLink({ title, isCurrent, href, onSelect }: ThreadLinkProps): ReactElement {
  const props = {
    'data-part': 'thread-link',
    'aria-current': isCurrent ? ('page' as const) : undefined,
    dir: 'auto',
    title,
  };
  if (href === undefined)
    return (
      <button type="button" {...props} onClick={onSelect}>
        {title}
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
      {title}
    </a>
  );
}
