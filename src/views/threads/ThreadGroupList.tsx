import { useId, type CSSProperties, type ReactElement } from 'react';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import type { ThreadGroup } from '../../core/threads/groupThreads.js';
import type { FoundThread } from './searchThreads.js';
import { useNearView } from '../useNearView.js';
import { asPart } from '../../components/part.js';

/** Number of rows that are rendered together. */
const CHUNK_SIZE = 50;

interface ThreadGroupListProps {
  group: ThreadGroup;
  /** Thread whose row is always rendered, because it has the focus or receives it. */
  activeId: string | undefined;
  /** Shows the threads of a group that is folded. Undefined if the group is not folded. */
  isOpen?: boolean | undefined;
  onOpenChange: (isOpen: boolean) => void;
  renderItem: (thread: FoundThread) => ReactElement;
}

/** Threads of one group under their heading. Of a long group, only the rows near the view are in the page. */
export function ThreadGroupList({
  group: { kind, threads },
  activeId,
  isOpen,
  onOpenChange,
  renderItem,
}: ThreadGroupListProps): ReactElement {
  const texts = useCompleteTexts().threads;
  const id = useId();
  const chunks = Array.from({ length: Math.ceil(threads.length / CHUNK_SIZE) }, (_, index) =>
    threads.slice(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE),
  );
  const label = (
    <h3 {...asPart('thread-group-label')} id={id}>
      {texts.groups[kind]}
    </h3>
  );
  const rows = chunks.map((chunk, index) => (
    <ThreadRows
      // The first thread may move to another group, and takes no state with it.
      // oxlint-disable-next-line react/no-array-index-key
      key={index}
      threads={chunk}
      isFirst={index === 0}
      activeId={activeId}
      renderItem={renderItem}
    />
  ));
  return (
    <section {...asPart('thread-group')} data-kind={kind} aria-labelledby={id}>
      {isOpen === undefined ? (
        <>
          {label}
          {rows}
        </>
      ) : (
        <details open={isOpen} onToggle={(event) => onOpenChange(event.currentTarget.open)}>
          <summary>{label}</summary>
          {isOpen && rows}
        </details>
      )}
    </section>
  );
}

interface ThreadRowsProps extends Pick<ThreadGroupListProps, 'activeId' | 'renderItem'> {
  threads: readonly FoundThread[];
  isFirst: boolean;
}

/** Rows that are in the page while they are near the view. Otherwise, an empty element keeps their place. */
function ThreadRows({ threads, isFirst, activeId, renderItem }: ThreadRowsProps): ReactElement {
  const { ref, isNear, height } = useNearView<HTMLUListElement>(isFirst);
  const isRendered = isNear || threads.some((thread) => thread.id === activeId);
  const style: CSSProperties & { '--count': number } = {
    '--count': threads.length,
    ...(height !== undefined && { blockSize: height }),
  };
  return (
    <ul ref={ref} {...asPart('thread-group-list')} style={isRendered ? undefined : style}>
      {isRendered && threads.map(renderItem)}
    </ul>
  );
}
