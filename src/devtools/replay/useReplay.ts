import { useRef, useState } from 'react';
import { useAssistantsClient } from '../../hooks/useAssistantsClient.js';
import type { Run } from '../../protocol/types.js';
import type { Replay } from './replayRun.lazy.js';

/** State of a replay. */
export type ReplayState =
  | { status: 'idle' | 'running' }
  | { status: 'done'; replay: Replay }
  | { status: 'failed'; message: string };

/** Result of `useReplay`. */
export interface UseReplayResult {
  state: ReplayState;
  /** Replays a run. A replay that is running already is dropped. */
  start: (run: Run) => void;
  close: () => void;
}

/** Replays runs against a server in the page, whose code is loaded with the first replay. */
export function useReplay(): UseReplayResult {
  const client = useAssistantsClient('AssistantsDevtools');
  const [state, setState] = useState<ReplayState>({ status: 'idle' });
  const current = useRef(0);
  const begin = (next: ReplayState): ((state: ReplayState) => void) => {
    current.current += 1;
    const number = current.current;
    setState(next);
    return (later) => {
      if (number === current.current) setState(later);
    };
  };
  return {
    state,
    start(run) {
      const settle = begin({ status: 'running' });
      import('./replayRun.lazy.js')
        .then(({ replayRun }) => replayRun(client, run))
        .then(
          (replay) => settle({ status: 'done', replay }),
          (error: unknown) => settle({ status: 'failed', message: getMessage(error) }),
        );
    },
    close: () => void begin({ status: 'idle' }),
  };
}

function getMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
