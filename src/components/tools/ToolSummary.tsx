import { useMemo, type ReactElement } from 'react';
import { getArgumentsSummary } from './getArgumentsSummary.js';
import { asPart } from '../part.js';

/** Props of `ToolSummary`. */
export interface ToolSummaryProps {
  /** Arguments as the model wrote them. */
  argumentsText: string;
  id?: string | undefined;
}

/** First arguments of a call in one line, beside its name. Element: bdi. */
export function ToolSummary({ argumentsText, id }: ToolSummaryProps): ReactElement | null {
  const summary = useMemo(() => getArgumentsSummary(argumentsText), [argumentsText]);
  if (summary === '') return null;
  return (
    <bdi id={id} {...asPart('tool-summary')}>
      {summary}
    </bdi>
  );
}
