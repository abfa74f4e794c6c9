'use client';
import type { ReactElement } from 'react';
import { lazyModule } from '../../../core/lazyModule.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import type { ThreadCallsProps } from './ThreadCalls.lazy.js';

const contentModule = lazyModule(
  'the tool calls of the thread',
  async () => (await import('./ThreadCalls.lazy.js')).ThreadCallsContent,
);

/**
 * Tool calls of a run that precede a message, or the outcome of the run of a message without an answer. Loads its code and, for
 * earlier runs, their steps or the list of runs. Source: listRunSteps, listRuns. Element: ol, a `RunCalls`, or p.
 */
export function ThreadCalls(props: ThreadCallsProps): ReactElement | null {
  const { value: Content } = useLazyModule(contentModule, true);
  return Content ? <Content {...props} /> : null;
}
