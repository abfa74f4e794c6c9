import { useEffect, useState, type ReactElement } from 'react';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { Loading } from '../../components/feedback/Loading.js';
import { useFormat } from '../../components/i18n/useFormat.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { truncate } from '../../components/truncate.js';
import { toAssistantsError, type AssistantsError } from '../../client/AssistantsError.js';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { readEvents } from '../../common/readEvents.js';
import { useAssistantsClient } from '../../hooks/useAssistantsClient.js';
import type { Run } from '../../protocol/types.js';
import { addEvent, type EventRow } from './addEvent.js';
import { asPart } from '../../components/part.js';

/** Events of a run, requested when they are unfolded. Element: details. */
export function RunEvents({ run }: { run: Run }): ReactElement {
  const texts = useCompleteTexts();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details {...asPart('raw')} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{texts.run.events}</summary>
      {isOpen && <EventList threadId={run.thread_id} runId={run.id} />}
    </details>
  );
}

interface RunIds {
  threadId: string;
  runId: string;
}

interface EventsState {
  rows: readonly EventRow[];
  isLoading: boolean;
  error?: AssistantsError;
}

function EventList(ids: RunIds): ReactElement {
  const texts = useCompleteTexts();
  const format = useFormat();
  const { rows, isLoading, error } = useRunEvents(ids);
  if (error && (error.kind === 'network' || (error.status ?? 0) >= 500))
    return <ErrorNotice error={error} />;
  if (rows.length === 0)
    return isLoading ? <Loading /> : <p {...asPart('muted')}>{texts.run.noEvents}</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A scrollable element must be reachable by keyboard.
    <ol {...asPart('run-events')} dir="ltr" tabIndex={0} aria-label={texts.run.events}>
      {rows.map(({ id, name, detail, count }) => (
        <li key={id}>
          <code>{truncate(name, 80)}</code>
          {count > 1 && <span> × {format.number(count)}</span>}
          {detail !== undefined && <bdi>{detail}</bdi>}
        </li>
      ))}
    </ol>
  );
}

/** Reads the events of the newest segment of a run, and those that follow while it is active. */
function useRunEvents({ threadId, runId }: RunIds): EventsState {
  const client = useAssistantsClient();
  const [state, setState] = useState<EventsState>({ rows: [], isLoading: true });
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const read = async (): Promise<void> => {
      try {
        for await (const event of streamRun(client, { threadId, runId }, signal))
          setState(({ rows }) => ({ rows: addEvent(rows, event), isLoading: true }));
        if (!signal.aborted) setState(({ rows }) => ({ rows, isLoading: false }));
      } catch (thrown) {
        const error = toAssistantsError(thrown);
        if (!signal.aborted) setState(({ rows }) => ({ rows, isLoading: false, error }));
      }
    };
    void read();
    return () => controller.abort();
  }, [client, threadId, runId]);
  return state;
}

async function* streamRun(client: AssistantsClient, ids: RunIds, signal: AbortSignal) {
  const query = { stream: true } as const;
  const response = await client.stream('getRun', { ...ids, query }, { signal, retry: 0 });
  // Servers without the extension `run-events` answer with the run.
  if (!response.headers.get('content-type')?.includes('event-stream')) return;
  if (response.body) yield* readEvents(response.body, { signal });
}
