import type { ReactElement } from 'react';
import { Button } from '../../Button.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { getScrollRegionProps, asPart } from '../../part.js';
import { truncate } from '../../truncate.js';
import type { AssistantDraft, AssistantFieldName } from '../draft/AssistantDraft.js';
import { formatJson } from '../draft/formatJson.js';
import type { ToolDraft } from '../draft/toolDrafts.js';
import { useAssistantForm } from '../form/AssistantFormContext.js';

/** Longer values are cut. */
const MAX_LENGTH = 2_000;

/** Value that the server has now, for a field that the user has changed too, and the choice between both. Element: div. */
export function FieldConflict({ name }: { name: AssistantFieldName }): ReactElement {
  const { assistant: texts } = useCompleteTexts();
  const { draft, server, takeTheirs, keepMine } = useAssistantForm('FieldConflict');
  const theirs = describeValue(server, draft, name);
  const isCode = name === 'tools' || name === 'response_format';
  return (
    <div {...asPart('field-conflict')}>
      <p {...asPart('hint')}>{texts.conflict.field}</p>
      <pre
        {...asPart('field-theirs')}
        data-mode={isCode ? 'json' : undefined}
        dir={isCode ? 'ltr' : 'auto'}
        {...getScrollRegionProps(texts.conflict.field)}
      >
        {theirs === '' ? texts.conflict.empty : truncate(theirs, MAX_LENGTH)}
      </pre>
      <div {...asPart('buttons')}>
        <Button onClick={() => takeTheirs([name])}>{texts.conflict.theirs}</Button>
        <Button onClick={() => keepMine([name])}>{texts.conflict.mine}</Button>
      </div>
    </div>
  );
}

function describeValue(
  server: AssistantDraft,
  draft: AssistantDraft,
  name: AssistantFieldName,
): string {
  switch (name) {
    case 'tools':
      return describeTools(server.tools, draft.tools);
    case 'metadata':
      return server.metadata.map((row) => `${row.name}: ${row.value}`).join('\n');
    case 'files':
      return server.files.attached.join('\n');
    case 'response_format':
      return formatJson(server.response_format.source) || server.response_format.type;
    default:
      return server[name];
  }
}

/** Describes the tools of the server that the user does not have, or all if the user has them and others. */
function describeTools(theirs: readonly ToolDraft[], mine: readonly ToolDraft[]): string {
  const known = new Set(mine.map(({ source }) => formatJson(source)));
  const texts = theirs.map(({ source }) => formatJson(source));
  const others = texts.filter((text) => !known.has(text));
  return (others.length === 0 ? texts : others).join('\n');
}
