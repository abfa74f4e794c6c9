import type { ReactElement } from 'react';
import type { RunStep } from '../../protocol/types.js';
import { Reasoning } from './Reasoning.js';
import { asPart } from '../part.js';

/** Row with the reasoning that led to a step, once the step has ended. Element: li. */
export function StepReasoning({
  step: { reasoning, status },
}: {
  step: RunStep;
}): ReactElement | null {
  if (!reasoning || status === 'in_progress') return null;
  return (
    <li {...asPart('step-reasoning')}>
      <Reasoning
        text={reasoning.text}
        durationMs={reasoning.duration_ms}
        isTruncated={reasoning.truncated === true}
      />
    </li>
  );
}
