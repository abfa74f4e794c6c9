'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement, type ReactNode } from 'react';
import { ContentBoundary } from '../../components/ContentBoundary.js';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { Loading } from '../../components/feedback/Loading.js';
import { LoadMore } from '../../components/feedback/LoadMore.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../../components/part.js';
import { TokenChart } from '../../components/run/timeline/TokenUsage.js';
import type { ToolDisplay } from '../../components/tools/ToolDisplay.js';
import { useThreadRuns } from '../../hooks/operations/runs.js';
import { useAssistantsClient } from '../../hooks/useAssistantsClient.js';
import type { Run } from '../../protocol/types.js';
import { readLoadedMessages } from '../../queries/loadedMessages.js';
import { findQuestion } from './findQuestion.js';
import { InspectedRun } from './InspectedRun.js';
import { RunComparison } from './RunComparison.js';

/** Props of `RunInspector`. */
export interface RunInspectorProps extends Omit<PartProps<'div'>, 'children'> {
  /** Without an id, nothing is requested. */
  threadId: string | null | undefined;
  /** Titles and icons of the tools, such as those of `defineTool`. @default the names of the functions */
  tools?: readonly ToolDisplay[] | undefined;
  /** Renders more buttons for a run. */
  renderActions?: ((run: Run) => ReactNode) | undefined;
}

/**
 * List of the runs of a thread, newest first, with their tokens. Each run has a waterfall of its steps, its events, its JSON, and
 * the request that created it as a command for curl, without the key. Two runs can be compared. The steps of a run are requested
 * when it is expanded. Element: div. Context: `AssistantsProvider`. Source: listRuns, listRunSteps, getRun.
 */
export function RunInspector({
  threadId,
  tools,
  renderActions,
  ...props
}: RunInspectorProps): ReactElement | null {
  const texts = useCompleteTexts();
  const queryClient = useQueryClient();
  const { scope } = useAssistantsClient('RunInspector');
  const { data, isLoading, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useThreadRuns({ threadId });
  /** Ids of the runs to compare, at most two. */
  const [comparedIds, setComparedIds] = useState<readonly string[]>([]);
  const runs = data ?? [];
  const messages = readLoadedMessages(queryClient, scope).get(threadId ?? '') ?? [];
  const compared = runs.filter(({ id }) => comparedIds.includes(id));
  const [newer, older] = compared;
  const isEmpty = data ? data.length === 0 : typeof threadId !== 'string';
  const children = (
    <>
      {isLoading && <Loading />}
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {isEmpty && <p {...asPart('muted')}>{texts.run.none}</p>}
      <TokenChart runs={runs} />
      {newer && older && (
        <RunComparison
          key={`${older.id} ${newer.id}`}
          runs={[older, newer]}
          tools={tools}
          onClose={() => setComparedIds([])}
        />
      )}
      {runs.map((run, index) => (
        <ContentBoundary key={run.id} name="run" resetKey={run}>
          <InspectedRun
            run={run}
            tools={tools}
            question={findQuestion(run, messages)}
            isInitiallyOpen={index === 0}
            actions={renderActions?.(run)}
            canCompare={runs.length > 1}
            isCompared={comparedIds.includes(run.id)}
            onCompare={(isCompared) =>
              setComparedIds(
                isCompared
                  ? [...comparedIds.slice(-1), run.id]
                  : comparedIds.filter((id) => id !== run.id),
              )
            }
          />
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
