import type { ReactElement } from 'react';
import { useFormat } from '../../components/i18n/useFormat.js';
import type { Run } from '../../protocol/types.js';
import { ComparedRuns, type ComparedRunsProps } from './ComparedRuns.js';
import { useInspectedSteps } from './useInspectedSteps.js';

/** Props of `RunComparison`. */
interface RunComparisonProps extends Pick<ComparedRunsProps, 'tools' | 'onClose'> {
  /** Older one first. */
  runs: readonly [Run, Run];
}

/** Two runs of a thread side by side. Loads their steps. Element: section, a `ComparedRuns`. */
export function RunComparison({ runs, ...props }: RunComparisonProps): ReactElement {
  const format = useFormat();
  const [older, newer] = runs;
  const steps = [useInspectedSteps(older), useInspectedSteps(newer)] as const;
  return (
    <ComparedRuns
      runs={[
        { run: older, steps: steps[0], title: format.dateTime(older.created_at) },
        { run: newer, steps: steps[1], title: format.dateTime(newer.created_at) },
      ]}
      {...props}
    />
  );
}
