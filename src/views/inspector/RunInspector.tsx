'use client';
import type { ReactElement } from 'react';
import { ContentBoundary } from '../../components/ContentBoundary.js';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { Loading } from '../../components/feedback/Loading.js';
import { LoadMore } from '../../components/feedback/LoadMore.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../../components/part.js';
import { RunStatus } from '../../components/run/RunStatus.js';
import { RunSteps } from '../../components/run/RunSteps.js';
import { useThreadRuns } from '../../hooks/operations/runs.js';
import { useRunSteps } from '../../hooks/operations/runSteps.js';
import type { Run } from '../../protocol/types.js';

/** Props of `RunInspector`. */
export interface RunInspectorProps extends Omit<PartProps<'div'>, 'children'> {
  /** Without an id, nothing is requested. */
  threadId: string | null | undefined;
}

/**
 * List of the runs of a thread, newest first, with their steps and their JSON. Element: div. Context: `AssistantsProvider`.
 * Source: listRuns, listRunSteps.
 */
export function RunInspector({ threadId, ...props }: RunInspectorProps): ReactElement | null {
  const texts = useCompleteTexts();
  const { data, isLoading, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useThreadRuns({ threadId });
  const isEmpty = data ? data.length === 0 : typeof threadId !== 'string';
  const children = (
    <>
      {isLoading && <Loading />}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {isEmpty && <p data-part="muted">{texts.run.none}</p>}
      {data?.map((run) => (
        <ContentBoundary key={run.id} name="run" resetKey={run}>
          <InspectedRun run={run} />
        </ContentBoundary>
      ))}
      <LoadMore
        hasMore={hasNextPage}
        isLoading={isFetchingNextPage}
        onLoad={() => void fetchNextPage()}
      />
    </>
  );
  return createPart({ tag: 'div', name: 'run-inspector', defaultProps: { children } }, props);
}

function InspectedRun({ run }: { run: Run }): ReactElement {
  const texts = useCompleteTexts();
  const { data: steps } = useRunSteps({
    threadId: run.thread_id,
    runId: run.id,
    query: { order: 'asc', limit: 100 },
  });
  return (
    <article data-part="inspected-run" aria-label={run.id}>
      <RunStatus run={run} />
      <RunSteps steps={steps ?? []} />
      <details data-part="raw">
        <summary>{texts.run.raw}</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A scrollable element must be reachable by keyboard. */}
        <pre dir="ltr" tabIndex={0}>
          {JSON.stringify(run, null, 2)}
        </pre>
      </details>
    </article>
  );
}
