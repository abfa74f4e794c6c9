'use client';
import type { ReactElement } from 'react';
import { RunLabel, type RunLabelProps } from '../../components/run/RunStatusDetails.js';
import type { ToolCallState } from '../../protocol/ToolCall.js';
import { useThreadToolCalls } from './ThreadContext.js';

/** States of calls without a result. */
const PENDING = new Set<ToolCallState>([
  'needs-approval',
  'needs-output',
  'needs-answer',
  'running',
]);

/** Label of the status of a run, with the titles of the functions that the thread waits for. */
export function ThreadRunLabel({ run, waitsFor }: RunLabelProps): ReactElement {
  const { calls, tools } = useThreadToolCalls();
  const pendingNames = calls
    .filter(({ state }) => PENDING.has(state))
    .map(({ name }) => tools.find((tool) => tool.name === name)?.title ?? name);
  // Without calls, it defaults to the functions that the run requires.
  const known = calls.length > 0 ? pendingNames : undefined;
  return <RunLabel run={run} waitsFor={waitsFor ?? known} />;
}
