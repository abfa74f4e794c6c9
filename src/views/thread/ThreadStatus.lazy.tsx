'use client';
import type { ReactElement } from 'react';
import { RunProblem, type RunProblemProps } from '../../components/run/RunProblem.js';

/** Lazy half of `ThreadStatus`: explains why the run failed. Element: div, a `RunProblem`. */
export function ThreadRunProblem(props: RunProblemProps): ReactElement {
  return <RunProblem {...props} />;
}
