'use client';
import type { ReactElement } from 'react';
import { lazyModule } from '../../../core/lazyModule.js';
import { useLazyModule } from '../../../hooks/useLazyModule.js';
import type { EarlierOutcomeProps } from './EarlierOutcome.lazy.js';

const contentModule = lazyModule(
  'the outcomes of earlier runs',
  async () => (await import('./EarlierOutcome.lazy.js')).EarlierOutcomeContent,
);

/** Line below a message that has no answer, which says how its run ended. Loads its code. Element: p. */
export function EarlierOutcome(props: EarlierOutcomeProps): ReactElement | null {
  const { value: Content } = useLazyModule(contentModule, true);
  return Content ? <Content {...props} /> : null;
}
