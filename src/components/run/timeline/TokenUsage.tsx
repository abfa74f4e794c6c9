import type { CSSProperties, ReactElement } from 'react';
import type { Run, Usage } from '../../../protocol/types.js';
import { useFormat } from '../../i18n/useFormat.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { toPercent } from './TimelineBar.js';
import { asPart } from '../../part.js';

/** Maximum number of runs in the chart. */
const MAX_RUNS = 40;

/** Bar with the tokens that a run has read and written. Renders nothing for a run without usage. Element: div. */
export function TokenBar({ run: { usage } }: { run: Run }): ReactElement | null {
  const texts = useCompleteTexts().run;
  const format = useFormat();
  if (!hasTokens(usage)) return null;
  return (
    <div {...asPart('token-bar')}>
      <span aria-hidden style={{ '--start': getReadPercent(usage) } as CSSProperties} />
      <span>
        {texts.usage(format.number(usage.total_tokens), usage.total_tokens)},{' '}
        {texts.usageDetail(
          format.number(usage.prompt_tokens),
          format.number(usage.completion_tokens),
        )}
      </span>
    </div>
  );
}

/** Props of `TokenChart`. */
interface TokenChartProps {
  /** Newest first. */
  runs: readonly Run[];
}

/**
 * Column chart of the tokens of the newest runs, oldest first. Renders nothing for less than two runs with usage.
 * Element: div.
 */
export function TokenChart({ runs }: TokenChartProps): ReactElement | null {
  const texts = useCompleteTexts().run;
  const format = useFormat();
  const used = runs.filter(({ usage }) => hasTokens(usage)).slice(0, MAX_RUNS);
  if (used.length < 2) return null;
  const totals = used.map(({ usage }) => usage?.total_tokens ?? 0);
  const most = Math.max(...totals);
  const sum = totals.reduce((total, tokens) => total + tokens, 0);
  const describe = (tokens: number): string => texts.usage(format.number(tokens), tokens);
  return (
    <figure {...asPart('token-chart')}>
      <div aria-hidden>
        {used.toReversed().map(({ id, usage }) => {
          const style = {
            '--size': toPercent((usage?.total_tokens ?? 0) / most),
            '--start': usage ? getReadPercent(usage) : '0%',
          } as CSSProperties;
          return <span key={id} style={style} title={describe(usage?.total_tokens ?? 0)} />;
        })}
      </div>
      <figcaption>{describe(sum)}</figcaption>
    </figure>
  );
}

function hasTokens(usage: Usage | null | undefined): usage is Usage {
  return typeof usage?.total_tokens === 'number' && usage.total_tokens > 0;
}

/** Returns the share of the tokens that the model has read. */
function getReadPercent({ prompt_tokens: read, total_tokens: total }: Usage): string {
  return toPercent(Math.min(1, Math.max(0, read / total)));
}
