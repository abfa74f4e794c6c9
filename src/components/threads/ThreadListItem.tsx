import { useId, useState, type KeyboardEvent, type ReactElement } from 'react';
import { Button } from '../Button.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { MenuButton } from '../menu/MenuButton.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { truncate } from '../truncate.js';
import { useRowFocus } from '../useRowFocus.js';
import { ThreadLink } from './ThreadLink.js';
import { ThreadTitleField } from './ThreadTitleField.js';
import { useThreadMenu } from './useThreadMenu.js';

/** Mark of a thread that is not open. 'waiting' if its run needs results or approvals of the user. */
export type ThreadActivity = 'running' | 'waiting' | 'unread';

/** State of `ThreadListItem`. */
export interface ThreadListItemState {
  current: boolean;
  deleted: boolean;
  activity: ThreadActivity | undefined;
}

/** Props of `ThreadListItem`. */
export interface ThreadListItemProps extends Omit<
  PartProps<'li', ThreadListItemState>,
  'children' | 'onSelect'
> {
  title: string;
  /** @default false */
  isCurrent?: boolean | undefined;
  /** True while the deletion can be undone. @default false */
  isDeleted?: boolean | undefined;
  /** @default false */
  isPinned?: boolean | undefined;
  /** @default false */
  isArchived?: boolean | undefined;
  /** False if Tab skips the row, because arrow keys lead to it. @default true */
  isTabStop?: boolean | undefined;
  activity?: ThreadActivity | undefined;
  /** Words of a message that a search has found. */
  excerpt?: string | undefined;
  /** Address of the thread. The title is a link then, and else a button. */
  href?: string | undefined;
  onSelect: () => void;
  onRename: (title: string) => void;
  /** Without it, the menu has no entry to pin the thread. */
  onPin?: ((isPinned: boolean) => void) | undefined;
  /** Without it, the menu has no entry to archive the thread. */
  onArchive?: ((isArchived: boolean) => void) | undefined;
  onDelete: () => void;
  onUndo: () => void;
}

/**
 * Row of a thread: its title, a mark, and a menu to rename, pin, archive and delete it. F2 renames the thread, Delete deletes it.
 * Element: li. `data-current`, `data-deleted`, `data-activity`.
 */
export function ThreadListItem({
  isDeleted = false,
  onUndo,
  ...item
}: ThreadListItemProps): ReactElement | null {
  const texts = useCompleteTexts().threads;
  const [isRenaming, setIsRenaming] = useState(false);
  const content = getContent(isDeleted, isRenaming);
  const { row, undo } = useRowFocus<HTMLLIElement>(content, {
    list: '[data-part="thread-list"]',
    target: '[data-part="thread-link"]',
  });
  const {
    title,
    isCurrent = false,
    isPinned: _isPinned,
    isArchived: _isArchived,
    isTabStop: _isTabStop,
    activity,
    excerpt: _excerpt,
    href: _href,
    onSelect: _onSelect,
    onRename,
    onPin: _onPin,
    onArchive: _onArchive,
    onDelete: _onDelete,
    ...props
  } = item;
  const name = truncate(title.trim() || texts.untitled, 200);
  const contents = {
    title: <TitleRow {...item} name={name} onStartRenaming={() => setIsRenaming(true)} />,
    field: (
      <ThreadTitleField
        title={title}
        label={texts.titleLabel}
        onSave={(changed) => {
          setIsRenaming(false);
          if (changed !== '' && changed !== title) onRename(changed);
        }}
        onCancel={() => setIsRenaming(false)}
      />
    ),
    deleted: (
      <>
        <output {...asPart('thread-deleted')}>{texts.deleted}</output>
        <Button ref={undo} variant="quiet" aria-label={texts.undo(name)} onClick={onUndo}>
          {texts.undoShort}
        </Button>
      </>
    ),
  };
  return createPart(
    {
      tag: 'li',
      name: 'thread-list-item',
      state: { current: isCurrent, deleted: isDeleted, activity },
      defaultProps: { children: contents[content] },
    },
    { ref: row, ...props },
  );
}

interface TitleRowProps extends Omit<ThreadListItemProps, 'isDeleted' | 'onUndo' | 'onRename'> {
  name: string;
  onStartRenaming: () => void;
}

function TitleRow({
  name,
  isCurrent = false,
  isPinned = false,
  isArchived = false,
  isTabStop = true,
  activity,
  excerpt,
  href,
  onSelect,
  onStartRenaming,
  onPin,
  onArchive,
  onDelete,
}: TitleRowProps): ReactElement {
  const texts = useCompleteTexts().threads;
  const markId = useId();
  const items = useThreadMenu({
    onRename: onStartRenaming,
    onPin: onPin && { isOn: isPinned, change: onPin },
    onArchive: onArchive && { isOn: isArchived, change: onArchive },
    onDelete,
    deleteKey: 'Delete',
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'F2') onStartRenaming();
    else if (event.key === 'Delete') onDelete();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <ThreadLink
        title={name}
        isCurrent={isCurrent}
        href={href}
        excerpt={excerpt}
        isTabStop={isTabStop}
        describedBy={activity && markId}
        onSelect={onSelect}
        onKeyDown={onKeyDown}
      />
      {activity && (
        <span {...asPart('thread-mark')} title={texts.activity[activity]}>
          <span {...asPart('hidden')} id={markId}>
            {texts.activity[activity]}
          </span>
        </span>
      )}
      <MenuButton aria-label={texts.menu(name)} items={items} tabIndex={isTabStop ? 0 : -1} />
    </>
  );
}

function getContent(isDeleted: boolean, isRenaming: boolean): 'title' | 'field' | 'deleted' {
  if (isDeleted) return 'deleted';
  return isRenaming ? 'field' : 'title';
}
