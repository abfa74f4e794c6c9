'use client';
import { memo, type ReactElement } from 'react';
import { getMessageText } from '../../../components/message/getMessageText.js';
import type { ConversationMessage } from '../../../core/conversation/buildRows.js';
import { asPart } from '../../../components/part.js';

/** Props of `ThreadTextRow`. */
export interface ThreadTextRowProps {
  row: ConversationMessage;
  /** Estimated height in CSS pixels. */
  size: number;
}

/**
 * Row that contains only the text of its message, so that the search of the browser finds it. The browser lays it out only
 * when it is visible. Element: div.
 */
export const ThreadTextRow = memo(function ThreadTextRow({
  row,
  size,
}: ThreadTextRowProps): ReactElement {
  const style = {
    contentVisibility: 'auto',
    containIntrinsicBlockSize: `auto ${size}px`,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  } as const;
  return (
    <div {...asPart('message-as-text')} data-key={row.key} style={style} dir="auto">
      {getMessageText(row.message)}
    </div>
  );
});
