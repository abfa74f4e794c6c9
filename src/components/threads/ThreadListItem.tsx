import { useState, type ReactElement } from 'react';
import { Button } from '../Button.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { Pencil } from '../icons.js';
import { Trash } from '../icons.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';
import { ThreadLink } from './ThreadLink.js';
import { ThreadTitleField } from './ThreadTitleField.js';
import { useRowFocus } from '../useRowFocus.js';

/** State of `ThreadListItem`. */
export interface ThreadListItemState {
  current: boolean;
  deleted: boolean;
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
  /** Address of the thread. The title is a link then, and else a button. */
  href?: string | undefined;
  onSelect: () => void;
  onRename: (title: string) => void;
  onDelete: () => void;
  onUndo: () => void;
}

/** Row of a thread: its title, and buttons to rename and delete it. Element: li. `data-current`, `data-deleted`. */
export function ThreadListItem({
  title,
  isCurrent = false,
  isDeleted = false,
  href,
  onSelect,
  onRename,
  onDelete,
  onUndo,
  ...props
}: ThreadListItemProps): ReactElement | null {
  const texts = useCompleteTexts().threads;
  const [isRenaming, setIsRenaming] = useState(false);
  const content = getContent(isDeleted, isRenaming);
  const { row, undo } = useRowFocus<HTMLLIElement>(content, {
    list: '[data-part="thread-list"]',
    target: '[data-part="thread-link"]',
  });
  const name = truncate(title.trim() || texts.untitled, 200);
  const contents = {
    title: (
      <>
        <ThreadLink title={name} isCurrent={isCurrent} href={href} onSelect={onSelect} />
        <IconButton label={texts.rename(name)} onClick={() => setIsRenaming(true)}>
          <Pencil size={14} />
        </IconButton>
        <IconButton label={texts.delete(name)} onClick={onDelete}>
          <Trash size={14} />
        </IconButton>
      </>
    ),
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
        <output data-part="thread-deleted">{texts.deleted}</output>
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
      state: { current: isCurrent, deleted: isDeleted },
      defaultProps: { children: contents[content] },
    },
    { ref: row, ...props },
  );
}

function getContent(isDeleted: boolean, isRenaming: boolean): 'title' | 'field' | 'deleted' {
  if (isDeleted) return 'deleted';
  return isRenaming ? 'field' : 'title';
}

interface IconButtonProps {
  label: string;
  onClick: () => void;
  children: ReactElement;
}

function IconButton({ label, onClick, children }: IconButtonProps): ReactElement | null {
  return (
    <Button variant="icon" aria-label={label} title={label} onClick={onClick}>
      {children}
    </Button>
  );
}
