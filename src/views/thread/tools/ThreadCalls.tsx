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
 * Tool calls of a run that precede a message. Loads its code and, for earlier runs, their steps. Source: listRunSteps. Element:
 * ol, a `RunCalls`.
 */
export function ThreadCalls(props: ThreadCallsProps): ReactElement | null {
  const { value: Content } = useLazyModule(contentModule, true);
  return Content ? <Content {...props} /> : null;
}
