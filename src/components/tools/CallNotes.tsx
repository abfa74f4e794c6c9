import type { ReactElement } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { truncate } from '../truncate.js';

/** Props of `CallNotes`. */
export interface CallNotesProps {
  /** Explains why the arguments are invalid. */
  problem: string | undefined;
  /** True if the call may have run before. @default false */
  isRestored?: boolean;
}

/** Maximum length of a problem in UTF-16 units. */
const MAX_PROBLEM_LENGTH = 2_000;

/** Notes that the user reads before a call runs: that it may have run before, and that its arguments are invalid. */
export function CallNotes({ problem, isRestored = false }: CallNotesProps): ReactElement {
  const texts = useCompleteTexts();
  return (
    <>
      {isRestored && <p data-part="arguments-notice">{texts.tools.restored}</p>}
      {problem !== undefined && (
        <p data-part="arguments-notice" dir="auto">
          {texts.tools.problem(truncate(problem, MAX_PROBLEM_LENGTH))}
        </p>
      )}
    </>
  );
}
