import type { ReactElement, ReactNode } from 'react';
import { IconButton } from '../../components/IconButton.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { X } from '../../components/icons.js';
import { getScrollRegionProps, asPart } from '../../components/part.js';
import { getRunTimeline } from '../../components/run/timeline/getRunTimeline.js';
import { RunTimeline } from '../../components/run/timeline/RunTimeline.js';
import type { ToolDisplay } from '../../components/tools/ToolDisplay.js';
import { useNow } from '../../components/useNow.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run, RunStep } from '../../protocol/types.js';
import { compareRuns } from './compareRuns.js';

/** A run with its steps, oldest first, and the heading above them. */
export interface ComparedRun {
  run: Run;
  steps: readonly RunStep[];
  title: ReactNode;
}

/** Props of `ComparedRuns`. */
export interface ComparedRunsProps {
  runs: readonly [ComparedRun, ComparedRun];
  tools: readonly ToolDisplay[] | undefined;
  onClose: () => void;
}

/** Two runs in the same scale of time, and the fields in which they differ. Element: section. */
export function ComparedRuns({ runs, tools, onClose }: ComparedRunsProps): ReactElement {
  const texts = useCompleteTexts().run;
  const [first, second] = runs;
  const now = useNow(runs.some(({ run }) => !isSettled(run.status)));
  const scale = Math.max(...runs.map(({ run, steps }) => getRunTimeline(run, steps, now).duration));
  const differences = compareRuns(first.run, second.run);
  return (
    <section {...asPart('run-comparison')} aria-label={texts.comparison}>
      <header>
        <h3>{texts.comparison}</h3>
        <IconButton label={texts.closeComparison} onClick={onClose}>
          <X />
        </IconButton>
      </header>
      {runs.map(({ run, steps, title }) => (
        <div key={run.id}>
          <p {...asPart('caption')}>{title}</p>
          <RunTimeline run={run} steps={steps} tools={tools} scale={scale} />
        </div>
      ))}
      {differences.length === 0 ? (
        <p {...asPart('muted')}>{texts.noDifference}</p>
      ) : (
        <div {...asPart('table-scroll')} {...getScrollRegionProps(texts.comparison)}>
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
