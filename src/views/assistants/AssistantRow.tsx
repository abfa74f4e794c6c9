'use client';
import type { ReactElement, ReactNode } from 'react';
import { AssistantCard } from '../../components/assistant/AssistantCard.js';
import { Button } from '../../components/Button.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { Copy } from '../../components/icons.js';
import { IconButton } from '../../components/IconButton.js';
import { Trash } from '../../components/icons.lazy.js';
import { truncate } from '../../components/truncate.js';
import { useRowFocus } from '../../components/useRowFocus.js';
import type { Assistant } from '../../protocol/types.js';
import { asPart } from '../../components/part.js';

/** Props of `AssistantRow`. */
export interface AssistantRowProps {
  assistant: Assistant;
  isSelected: boolean;
  onSelect: (() => void) | undefined;
  actions: ReactNode;
  /** True while the deletion can be undone. */
  isDeleted: boolean;
  /** Without it, the delete button is omitted. */
  onDelete: (() => void) | undefined;
  /** Without it, the button that makes a copy is omitted. */
  onDuplicate: (() => void) | undefined;
  onUndo: () => void;
}

/** Assistant in a list: its card, or the undo button while its deletion can be undone. Element: div. */
export function AssistantRow({
  assistant,
  isDeleted,
  onDelete,
  onDuplicate,
  onUndo,
  actions,
  ...card
}: AssistantRowProps): ReactElement {
  const texts = useCompleteTexts();
  const { row, undo } = useRowFocus<HTMLDivElement>(isDeleted ? 'deleted' : 'title', {
    list: '[data-part="assistant-list"]',
    target: '[data-part="assistant-select"], [data-part="assistant-actions"] button',
  });
  const name = truncate(assistant.name?.trim() || texts.assistant.unnamed, 200);
  const deleteButton = onDelete && (
    <IconButton
      label={texts.threads.delete(name)}
      tooltip={texts.assistant.delete}
      onClick={onDelete}
    >
      <Trash size={14} />
    </IconButton>
  );
  const duplicateButton = onDuplicate && (
    <IconButton
      label={texts.assistant.duplicate(name)}
      tooltip={texts.assistant.duplicateShort}
      onClick={onDuplicate}
    >
      <Copy size={14} />
    </IconButton>
  );
  const content = isDeleted ? (
    <>
      <output {...asPart('assistant-deleted')}>{texts.threads.deleted}</output>
      <Button ref={undo} variant="quiet" aria-label={texts.threads.undo(name)} onClick={onUndo}>
        {texts.threads.undoShort}
      </Button>
    </>
  ) : (
    <AssistantCard
      assistant={assistant}
      {...card}
      actions={
        deleteButton || duplicateButton ? (
          <div {...asPart('assistant-actions')}>
            {actions}
            {duplicateButton}
            {deleteButton}
          </div>
        ) : (
          actions
        )
      }
    />
  );
  return (
    <div ref={row} {...asPart('assistant-row')} data-deleted={isDeleted ? '' : undefined}>
      {content}
    </div>
  );
}
