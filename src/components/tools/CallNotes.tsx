import type { ReactElement } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { truncate } from '../truncate.js';
import { asPart } from '../part.js';

/** Props of `CallNotes`. */
export interface CallNotesProps {
  /** Explains why the arguments are invalid. */
  problem: string | undefined;
  /** True if the call may have run before. @default false */
  isRestored?: boolean;
  /** Name of the server that runs the call. @default the call runs in the app */
  server?: string | undefined;
}

/** Maximum length of a problem in UTF-16 units. */
const MAX_PROBLEM_LENGTH = 2_000;

/**
 * Notes that the user reads before a call runs: where it runs, that it may have run before, and that its arguments are
 * invalid.
 */
export function CallNotes({ problem, isRestored = false, server }: CallNotesProps): ReactElement {
  const texts = useCompleteTexts();
  return (
    <>
      {server !== undefined && (
        <p {...asPart('hint')}>{texts.tools.runsOnServer(truncate(server))}</p>
      )}
      {isRestored && <p {...asPart('arguments-notice')}>{texts.tools.restored}</p>}
      {problem !== undefined && (
        <p {...asPart('arguments-notice')} dir="auto">
          {texts.tools.problem(truncate(problem, MAX_PROBLEM_LENGTH))}
        </p>
      )}
    </>
  );
}
