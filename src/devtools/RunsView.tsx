import { useId, useState, type ReactElement } from 'react';
import { Button } from '../components/Button.js';
import type { ToolDisplay } from '../components/tools/ToolDisplay.js';
import type { Run } from '../protocol/types.js';
import { RunInspector } from '../views/inspector/RunInspector.js';
import { ReplayResult } from './replay/ReplayResult.js';
import { useReplay } from './replay/useReplay.js';
import { useCachedQueries } from './useCachedQueries.js';
import { asPart } from '../components/part.js';

/** Props of `RunsView`. */
interface RunsViewProps {
  threadId: string | undefined;
  tools: readonly ToolDisplay[] | undefined;
}

/** Runs of a thread that the cache knows. Completed runs with functions can be replayed. */
export function RunsView({ threadId, tools }: RunsViewProps): ReactElement {
  const id = useId();
  const [chosen, setChosen] = useState<string>();
  const queries = useCachedQueries();
  const replay = useReplay();
  const ids = new Set(threadId === undefined ? [] : [threadId]);
  for (const { queryKey } of queries) if (queryKey[2] === 'threads') ids.add(String(queryKey[3]));
  const shown = chosen !== undefined && ids.has(chosen) ? chosen : [...ids][0];
  if (shown === undefined) return <p {...asPart('muted')}>No thread has been opened yet.</p>;
  return (
    <>
      <div {...asPart('field')}>
        <label htmlFor={id}>Thread</label>
        <select
          id={id}
          {...asPart('input')}
          value={shown}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          {[...ids].map((known) => (
            <option key={known}>{known}</option>
          ))}
        </select>
      </div>
      <ReplayResult state={replay.state} tools={tools} onClose={replay.close} />
      <RunInspector
        key={shown}
        threadId={shown}
        tools={tools}
        renderActions={(run) =>
          canReplay(run) && (
            <Button variant="quiet" onClick={() => replay.start(run)}>
              Replay
            </Button>
          )
        }
      />
    </>
  );
}

function canReplay({ status, tools }: Run): boolean {
  return status === 'completed' && (tools ?? []).some(({ type }) => type === 'function');
}
