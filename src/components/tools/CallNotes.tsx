import type { ReactElement } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { truncate } from '../truncate.js';

/** What a person should know before a call runs: that it may have run, or that its arguments do not fit. */
export function CallNotes({
  problem,
  isRestored = false,
}: {
  problem: string | undefined;
  isRestored?: boolean;
}): ReactElement {
  const texts = useCompleteTexts();
  return (
    <>
      {isRestored && <p data-part="arguments-notice">{texts.tools.restored}</p>}
      {problem !== undefined && (
        <p data-part="arguments-notice" dir="auto">
          {texts.tools.problem(truncate(problem, 2_000))}
        </p>
      )}
    </>
  );
}
