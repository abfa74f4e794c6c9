import type { ReactElement } from 'react';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { truncate } from '../truncate.js';
import type { ImportReport } from './useImport.js';
import { asPart } from '../part.js';

/** Problems that are listed. An export with one fault often has it in every file. */
const MAX_PROBLEMS = 20;

/** Numbers of an import, and what it could not take over. Element: div. */
export function ImportResult({ report }: { report: ImportReport }): ReactElement {
  const texts = useCompleteTexts().import;
  const format = useFormat();
  const { counts, problems, missingContents } = report;
  const { added, present, skipped } = counts.threads;
  const show = (text: (formatted: string, count: number) => string, count: number): string =>
    text(format.number(count), count);
  const hidden = problems.length - MAX_PROBLEMS;
  return (
    <div {...asPart('import-result')}>
      <output>
        {[
          show(texts.added, added),
          ...(present > 0 ? [show(texts.present, present)] : []),
          ...(skipped > 0 ? [show(texts.skipped, skipped)] : []),
          ...(missingContents.length > 0 ? [show(texts.missing, missingContents.length)] : []),
        ].join(' ')}
      </output>
      {problems.length > 0 && (
        <ul>
          {problems.slice(0, MAX_PROBLEMS).map(({ where, message, advice }, index) => (
            <li key={index} dir="auto">
              <bdi>{truncate(where)}</bdi> {truncate(message)} {advice && truncate(advice)}
            </li>
          ))}
          {hidden > 0 && <li>{show(texts.more, hidden)}</li>}
        </ul>
      )}
    </div>
  );
}
