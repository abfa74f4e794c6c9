import type { ReactElement } from 'react';
import { Button } from '../Button.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { truncate } from '../truncate.js';
import type { AssistantDraft, AssistantFieldName } from './AssistantDraft.js';
import { useAssistantForm } from './AssistantFormContext.js';
import { formatJson } from './formatJson.js';
import { toAssistantTool } from './toolDrafts.js';

/** Longer values are cut. */
const MAX_LENGTH = 2_000;

/** Value that the server has now, for a field that the user has changed too, and the choice between both. Element: div. */
export function FieldConflict({ name }: { name: AssistantFieldName }): ReactElement {
  const { assistant: texts } = useCompleteTexts();
  const { server, takeTheirs, keepMine } = useAssistantForm('FieldConflict');
  const theirs = describeValue(server, name);
  return (
    <div data-part="field-conflict">
      <p data-part="hint">{texts.conflict.field}</p>
      <pre data-part="field-theirs" dir="auto">
        {theirs === '' ? texts.conflict.empty : truncate(theirs, MAX_LENGTH)}
      </pre>
      <div data-part="buttons">
        <Button onClick={() => takeTheirs([name])}>{texts.conflict.theirs}</Button>
        <Button onClick={() => keepMine([name])}>{texts.conflict.mine}</Button>
      </div>
    </div>
  );
}

function describeValue(server: AssistantDraft, name: AssistantFieldName): string {
  switch (name) {
    case 'tools':
      return server.tools.map((tool) => formatJson(toAssistantTool(tool))).join('\n');
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
