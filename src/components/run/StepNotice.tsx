import type { ReactElement } from 'react';
import type { RunStep } from '../../protocol/types.js';
import { TextChunks } from '../markdown/TextChunks.js';
import { asPart } from '../part.js';

/** Returns true if the server says something about a step. */
export function hasNotice({ metadata }: RunStep): boolean {
  const notice: unknown = metadata?.['notice'];
  return typeof notice === 'string' && notice !== '';
}

/** Note of the server about a step, such as files that were not searched, or tools that the model was not offered. Element: p. */
export function StepNotice({ step: { metadata } }: { step: RunStep }): ReactElement {
  return (
    <p {...asPart('step-notice')} dir="auto">
      <TextChunks text={String(metadata?.['notice'])} />
    </p>
  );
}
