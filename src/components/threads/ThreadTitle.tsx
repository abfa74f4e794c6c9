import { createElement, type KeyboardEvent, type ReactElement } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { ThreadTitleField } from './ThreadTitleField.js';
import { asPart } from '../part.js';

interface ThreadTitleProps {
  /** Title that the user edits. */
  title: string;
  /** Title that is shown. */
  name: string;
  level: 1 | 2 | 3;
  isRenaming: boolean;
  onRenamingChange: (isRenaming: boolean) => void;
  /** Without it, the title cannot be changed. */
  onRename: ((title: string) => void) | undefined;
}

/** Title of the open thread. A click or F2 edits it. Element: h1, h2 or h3. */
export function ThreadTitle({
  title,
  name,
  level,
  isRenaming,
  onRenamingChange,
  onRename,
}: ThreadTitleProps): ReactElement {
  const texts = useCompleteTexts().threads;
  const heading = (children: ReactElement | string): ReactElement =>
    createElement(`h${level}`, { ...asPart('thread-title'), dir: 'auto' }, children);
  if (!onRename) return heading(name);
  if (isRenaming)
    return heading(
      <ThreadTitleField
        title={title}
        label={texts.titleLabel}
        onSave={(changed) => {
          onRenamingChange(false);
          if (changed !== '' && changed !== title) onRename(changed);
        }}
        onCancel={() => onRenamingChange(false)}
      />,
    );
  return heading(
    <button
      type="button"
      {...asPart('thread-title-button')}
      title={texts.rename}
      onClick={() => onRenamingChange(true)}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'F2') return;
        event.preventDefault();
        onRenamingChange(true);
      }}
    >
      {name}
    </button>,
  );
}
