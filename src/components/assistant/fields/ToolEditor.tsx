import { useEffect, useId, useRef, useState, type ReactElement } from 'react';
import { isRecord } from '../../../common/isRecord.js';
import { tryParseJson } from '../../../common/tryParseJson.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { IconButton } from '../../IconButton.js';
import { X } from '../../icons.js';
import { Code, Wrench } from '../../icons.lazy.js';
import { truncate } from '../../truncate.js';
import type { FunctionDraft, JsonToolDraft } from '../draft/toolDrafts.js';
import { useAssistantForm } from '../form/AssistantFormContext.js';
import { Field } from './Field.js';
import { SchemaEditor } from './SchemaEditor.js';
import { SwitchField } from './SwitchField.js';
import { asPart } from '../../part.js';

interface ToolEditorProps {
  tool: FunctionDraft | JsonToolDraft;
  /** True if the user has just added the tool. Its first field takes the focus. */
  isAdded: boolean;
  onRemove: () => void;
}

/** Tool in one line that unfolds to its fields. A new tool and one with a problem are unfolded. Element: li. */
export function ToolEditor({ tool, isAdded, onRemove }: ToolEditorProps): ReactElement {
  const texts = useCompleteTexts();
  const { errors } = useAssistantForm('AssistantField');
  const id = useId();
  const row = useRef<HTMLLIElement>(null);
  const [isUnfolded, setIsUnfolded] = useState(isAdded);
  useEffect(() => {
    if (isAdded) row.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [isAdded]);
  const hasProblem = Object.keys(errors).some((name) => name.startsWith(`tools.${tool.key}.`));
  const isOpen = isUnfolded || hasProblem;
  const title = useTitle(tool);
  return (
    <li ref={row} {...asPart('tool-editor')} data-open={isOpen ? '' : undefined}>
      <div {...asPart('tool-editor-head')}>
        <button
          type="button"
          {...asPart('tool-editor-toggle')}
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => setIsUnfolded(!isOpen)}
        >
          {tool.kind === 'function' ? <Wrench size={16} /> : <Code size={16} />}
          <span {...asPart('tool-editor-title')} dir="auto">
            {title}
          </span>
        </button>
        <IconButton label={texts.form.remove(title)} onClick={onRemove}>
          <X size={16} />
        </IconButton>
      </div>
      {isOpen && (
        <div id={id} {...asPart('tool-editor-fields')}>
          {tool.kind === 'function' ? <FunctionFields tool={tool} /> : <JsonField tool={tool} />}
        </div>
      )}
    </li>
  );
}

function useTitle(tool: FunctionDraft | JsonToolDraft): string {
  const { assistant: texts } = useCompleteTexts();
  if (tool.kind === 'function') return truncate(tool.name.trim(), 100) || texts.newFunction;
  const value = tool.text.length > 10_000 ? tool.source : tryParseJson(tool.text);
  const type = isRecord(value) ? value['type'] : undefined;
  return typeof type === 'string' && type !== '' ? truncate(type, 100) : texts.jsonTool;
}

function FunctionFields({ tool }: { tool: FunctionDraft }): ReactElement {
  const { assistant: texts } = useCompleteTexts();
  const { apiVersion, errors, change } = useAssistantForm('AssistantField');
  const { key } = tool;
  const update = (changes: Partial<FunctionDraft>): void =>
    change('tools', (tools) =>
      tools.map((other) =>
        other.key === key && other.kind === 'function' ? { ...other, ...changes } : other,
      ),
    );
  return (
    <>
      <Field
        name={`tools.${key}.name`}
        label={texts.functionName}
        isCode
        isRequired
        value={tool.name}
        error={errors[`tools.${key}.name`]}
        onChange={(name) => update({ name })}
      />
      <Field
        name={`tools.${key}.description`}
        label={texts.description}
        hint={texts.functionHint}
        rows={2}
        value={tool.description}
        onChange={(description) => update({ description })}
      />
      <SchemaEditor
        name={`tools.${key}.parameters`}
        label={texts.parameters}
        hint={texts.parametersHint}
        text={tool.parameters}
        onChange={(parameters) => update({ parameters })}
      />
      {apiVersion === 'v2' && (
        <SwitchField
          name={`tools.${key}.strict`}
          label={texts.strict}
          isOn={tool.strict}
          onChange={(strict) => update({ strict })}
        />
      )}
    </>
  );
}

function JsonField({ tool: { key, text } }: { tool: JsonToolDraft }): ReactElement {
  const { assistant: texts } = useCompleteTexts();
  const { errors, change } = useAssistantForm('AssistantField');
  return (
    <Field
      name={`tools.${key}.text`}
      label={texts.jsonTool}
      hint={texts.jsonToolHint}
      rows={6}
      isCode
      value={text}
      error={errors[`tools.${key}.text`]}
      onChange={(next) =>
        change('tools', (tools) =>
          tools.map((other) =>
            other.key === key && other.kind === 'json' ? { ...other, text: next } : other,
          ),
        )
      }
    />
  );
}
