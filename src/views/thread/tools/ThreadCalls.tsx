'use client';
import type { ReactElement } from 'react';
import { lazyModule } from '../../../core/lazyModule.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import type { Message } from '../../../protocol/types.js';

const contentModule = lazyModule(
  'the tool calls of the thread',
  async () => (await import('./ThreadCalls.lazy.js')).ThreadCallsContent,
);

/** Props of `ThreadCalls`. */
export interface ThreadCallsProps {
  /** Message above which the calls are shown. @default none: the calls after the last message of the followed run */
  message?: Message | undefined;
}

/**
 * Tool calls of a run that precede a message. Loads its code and, for earlier runs, their steps. Source: listRunSteps. Element:
 * ol, a `RunCalls`.
 */
export function ThreadCalls(props: ThreadCallsProps): ReactElement | null {
  const { value: Content } = useLazyModule(contentModule, true);
  return Content ? <Content {...props} /> : null;
}
