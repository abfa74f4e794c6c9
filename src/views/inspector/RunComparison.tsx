import type { ReactElement } from 'react';
import { Button } from '../../components/Button.js';
import { useFormat } from '../../components/i18n/useFormat.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { X } from '../../components/icons.js';
import { getScrollRegionProps } from '../../components/part.js';
import { getRunTimeline } from '../../components/run/timeline/getRunTimeline.js';
import { RunTimeline } from '../../components/run/timeline/RunTimeline.js';
import type { ToolDisplay } from '../../components/tools/ToolDisplay.js';
import { useNow } from '../../components/useNow.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import { compareRuns } from './compareRuns.js';
import { useInspectedSteps } from './useInspectedSteps.js';

/** Props of `RunComparison`. */
interface RunComparisonProps {
  /** Older one first. */
  runs: readonly [Run, Run];
  tools: readonly ToolDisplay[] | undefined;
  onClose: () => void;
}

/** Two runs in the same scale of time, and the fields in which they differ. Element: section. */
export function RunComparison({ runs, tools, onClose }: RunComparisonProps): ReactElement {
  const texts = useCompleteTexts().run;
  const format = useFormat();
  const [older, newer] = runs;
  const compared = [
    { run: older, steps: useInspectedSteps(older) },
    { run: newer, steps: useInspectedSteps(newer) },
  ];
  const now = useNow(runs.some(({ status }) => !isSettled(status)));
  const scale = Math.max(
    ...compared.map(({ run, steps }) => getRunTimeline(run, steps, now).duration),
  );
  const differences = compareRuns(older, newer);
  return (
    <section data-part="run-comparison" aria-label={texts.comparison}>
      <header>
        <h3>{texts.comparison}</h3>
        <Button variant="icon" aria-label={texts.closeComparison} onClick={onClose}>
          <X />
        </Button>
      </header>
      {compared.map(({ run, steps }) => (
        <div key={run.id}>
          <p data-part="caption">{format.dateTime(run.created_at)}</p>
          <RunTimeline run={run} steps={steps} tools={tools} scale={scale} />
        </div>
      ))}
      {differences.length === 0 ? (
        <p data-part="muted">{texts.noDifference}</p>
      ) : (
        <div data-part="table-scroll" {...getScrollRegionProps(texts.comparison)}>
          <table>
            <tbody>
              {differences.map(({ name, values }) => (
                <tr key={name}>
                  <th scope="row">
                    <code>{name}</code>
                  </th>
                  {values.map((value, index) => (
                    <td key={index} dir="auto">
                      {value}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
