import type { ReactElement } from 'react';
import { Button } from '../../Button.js';
import { useFormat } from '../../i18n/useFormat.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { useAssistantForm } from './AssistantFormContext.js';
import { asPart } from '../../part.js';

/** Notices above the fields: restored changes, and fields that the server has changed, too. */
export function FormNotices({ wasRestored }: { wasRestored: boolean }): ReactElement {
  const { assistant: texts } = useCompleteTexts();
  const format = useFormat();
  const { conflicts, takeTheirs, keepMine } = useAssistantForm('AssistantForm');
  return (
    <>
      {wasRestored && <p {...asPart('hint')}>{texts.restored}</p>}
      {conflicts.length > 0 && (
        <div {...asPart('form-conflicts')} role="alert">
          <p>{texts.conflict.all(format.number(conflicts.length), conflicts.length)}</p>
          {conflicts.length > 1 && (
            <div {...asPart('buttons')}>
              <Button onClick={() => takeTheirs(conflicts)}>{texts.conflict.allTheirs}</Button>
              <Button onClick={() => keepMine(conflicts)}>{texts.conflict.allMine}</Button>
            </div>
          )}
        </div>
      )}
    </>
  );
}
