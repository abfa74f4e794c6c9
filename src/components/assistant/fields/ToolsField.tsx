import { useRef, useState, type ReactElement } from 'react';
import { Button } from '../../Button.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { Plus } from '../../icons.lazy.js';
import {
  BUILT_IN_TYPES,
  createFunctionDraft,
  createJsonToolDraft,
  switchTool,
  type BuiltInType,
  type ToolDraft,
} from '../draft/toolDrafts.js';
import { useAssistantForm } from '../form/AssistantFormContext.js';
import { SwitchField } from './SwitchField.js';
import { ToolEditor } from './ToolEditor.js';
import { asPart } from '../../part.js';

/** File search of each version, and that of the other one. */
const SEARCH_TYPES = {
  v1: ['retrieval', 'file_search'],
  v2: ['file_search', 'retrieval'],
} as const;

/** Tools of an assistant: switches for those without settings, and an editor for each of the others. Element: fieldset. */
export function ToolsField(): ReactElement {
  const texts = useCompleteTexts().assistant;
  const { draft, errors, change } = useAssistantForm('AssistantField');
  const addButton = useRef<HTMLButtonElement>(null);
  const [addedKey, setAddedKey] = useState<string>();
  const add = (tool: ToolDraft): void => {
    change('tools', (current) => [...current, tool]);
    setAddedKey(tool.key);
  };
  const remove = ({ key }: ToolDraft): void => {
    change('tools', (current) => current.filter((other) => other.key !== key));
    addButton.current?.focus();
  };
  const editors = draft.tools.filter((tool) => tool.kind !== 'built-in');
  const error = errors['tools'];
  return (
    <fieldset {...asPart('plain-group')}>
      <legend>{texts.tools}</legend>
      <ToolSwitches />
      {editors.length > 0 && (
        <ul {...asPart('tool-editors')}>
          {editors.map((tool) => (
            <ToolEditor
              key={tool.key}
              tool={tool}
              isAdded={tool.key === addedKey}
              onRemove={() => remove(tool)}
            />
          ))}
        </ul>
      )}
      {error !== undefined && (
        <p {...asPart('field-error')} dir="auto">
          {error}
        </p>
      )}
      <div {...asPart('tool-buttons')}>
        <Button ref={addButton} onClick={() => add(createFunctionDraft())}>
          <Plus size={16} />
          {texts.addFunction}
        </Button>
        <Button variant="quiet" onClick={() => add(createJsonToolDraft())}>
          {texts.addJsonTool}
        </Button>
      </div>
    </fieldset>
  );
}

function ToolSwitches(): ReactElement {
  const texts = useCompleteTexts().assistant;
  const { apiVersion, draft, server, change } = useAssistantForm('AssistantField');
  const [search, otherSearch] = SEARCH_TYPES[apiVersion];
  const labels: Partial<Record<BuiltInType, string>> = {
    code_interpreter: texts.codeInterpreter,
    [search]: texts.fileSearch,
  };
  // The file search of the other version can be switched off, and on again.
  const types = BUILT_IN_TYPES.filter(
    (type) =>
      type !== otherSearch || hasBuiltIn(draft.tools, type) || hasBuiltIn(server.tools, type),
  );
  return (
    <>
      {types.map((type) => (
        <SwitchField
          key={type}
          name={`tools.${type}`}
          label={labels[type] ?? type}
          isOn={hasBuiltIn(draft.tools, type)}
          onChange={(isOn) => change('tools', (current) => switchTool(current, type, isOn))}
        />
      ))}
    </>
  );
}

function hasBuiltIn(tools: readonly ToolDraft[], type: BuiltInType): boolean {
  return tools.some((tool) => tool.kind === 'built-in' && tool.type === type);
}
