'use client';
import type { ReactElement } from 'react';
import { RunProblem, type RunProblemProps } from '../../components/run/RunProblem.js';
import {
  RunLabel,
  RunStatusDetails,
  type RunLabelProps,
  type RunStatusDetailsProps,
} from '../../components/run/RunStatusDetails.js';

/** Lazy part of `ThreadStatus`: explains why the run failed. Element: div, a `RunProblem`. */
export function ThreadRunProblem(props: RunProblemProps): ReactElement {
  return <RunProblem {...props} />;
}

/** Lazy part of `ThreadStatus`: expiry, token usage and retry. */
export function ThreadRunDetails(props: RunStatusDetailsProps): ReactElement {
  return <RunStatusDetails {...props} />;
}

/** Lazy part of `ThreadStatus`: label with the functions that the run waits for. */
export function ThreadRunLabel(props: RunLabelProps): ReactElement {
  return <RunLabel {...props} />;
}
