import type { ReactElement } from 'react';
import type { ToolDisplay } from '../../components/tools/ToolDisplay.js';
import { ComparedRuns } from '../../views/inspector/ComparedRuns.js';
import type { ReplayState } from './useReplay.js';
import { asPart } from '../../components/part.js';

/** Props of `ReplayResult`. */
interface ReplayResultProps {
  state: ReplayState;
  tools: readonly ToolDisplay[] | undefined;
  onClose: () => void;
}

/** A replay: its progress, its error, or both runs side by side. */
export function ReplayResult({ state, tools, onClose }: ReplayResultProps): ReactElement | null {
  switch (state.status) {
    case 'idle':
      return null;
    case 'running':
      return <output {...asPart('muted')}>Replaying…</output>;
    case 'failed':
      return (
        <p {...asPart('field-error')} role="alert">
          {state.message}
        </p>
      );
    case 'done': {
      const { recorded, replayed } = state.replay;
      return (
        <>
          <p {...asPart('muted')}>
            A server in this page has received the question and the recorded outputs. A script made
            the calls and wrote the texts of the recorded run, so times and tokens of the model are
            not those of a real one.
          </p>
          <ComparedRuns
            runs={[
              { ...recorded, title: 'Recorded' },
              { ...replayed, title: 'Replayed' },
            ]}
            tools={tools}
            onClose={onClose}
          />
        </>
      );
    }
  }
}
