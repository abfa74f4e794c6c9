import { useEffect, type ClipboardEvent, type ReactElement } from 'react';
import { useComponents } from '../ComponentsContext.js';
import { getDirection } from '../getDirection.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { TextBoundary } from '../markdown/TextBoundary.js';
import { OutputModes } from './OutputModes.js';
import { checkJson } from './readArguments.js';
import type { JsonSchema, SchemaIssue } from '../../protocol/ToolCall.js';
import type { EditedValue, OutputMode } from './useEditedValue.js';

interface ValueEditorProps {
  edited: EditedValue;
  modes: readonly OutputMode[];
  id: string;
  label: string;
  hint: string | undefined;
  schema: JsonSchema | undefined;
  /** See `SchemaFormProps`. */
  attempts: number;
  issues: readonly SchemaIssue[];
  onProblems: (count: number) => void;
  /** What is wrong with the text, or with sending it. */
  error: string | undefined;
  isDisabled: boolean;
}

/** Writes a value as a form, JSON or text. JSON that is pasted into the form fills it. */
export function ValueEditor({
  edited,
  modes,
  id,
  label,
  hint,
  schema,
  attempts,
  issues,
  onProblems,
  error,
  isDisabled,
}: ValueEditorProps): ReactElement {
  const texts = useCompleteTexts();
  const { SchemaForm } = useComponents();
  const { mode } = edited;
  const isForm = mode === 'form' && SchemaForm !== undefined && schema !== undefined;
  const hints = isForm ? texts.tools.pasteHint : hint;

  const onPaste = (event: ClipboardEvent): void => {
    const pasted = checkJson(event.clipboardData.getData('text/plain'));
    if (!isForm || !pasted.isValid || typeof pasted.value !== 'object' || pasted.value === null)
      return;
    event.preventDefault();
    edited.setValue(pasted.value);
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- what is pasted into a field below may be for all of them
    <div data-part="field" onPaste={onPaste}>
      <div data-part="field-head">
        {isForm ? (
          <span id={`${id}-label`}>{label}</span>
        ) : (
          <label htmlFor={`${id}-output`}>{label}</label>
        )}
        {modes.length > 1 && (
          <OutputModes name={`${id}-mode`} modes={modes} mode={mode} onChange={edited.setMode} />
        )}
      </div>
      {isForm ? (
        <fieldset
          data-part="plain-group"
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-hint`}
        >
          <TextBoundary text={mode} fallback={<Instead setMode={edited.setMode} />}>
            <SchemaForm
              schema={schema}
              value={edited.value}
              onChange={edited.setValue}
              id={`${id}-form`}
              attempts={attempts}
              issues={issues}
              onProblems={onProblems}
              isDisabled={isDisabled}
            />
          </TextBoundary>
        </fieldset>
      ) : (
        <textarea
          id={`${id}-output`}
          data-part="textarea"
          data-mode={mode}
          value={edited.text}
          rows={3}
          dir={mode === 'text' ? getDirection(edited.text) : 'ltr'}
          spellCheck={mode === 'text'}
          aria-invalid={error !== undefined}
          aria-describedby={hints === undefined ? `${id}-error` : `${id}-hint ${id}-error`}
          onChange={(event) => edited.setText(event.target.value)}
        />
      )}
      {hints !== undefined && (
        <p data-part="hint" id={`${id}-hint`}>
          {hints}
        </p>
      )}
      <p data-part="field-error" id={`${id}-error`} role="alert" dir="auto">
        {error}
      </p>
    </div>
  );
}

/** A schema that no form can be made of is no reason to be stuck: JSON takes its place. */
function Instead({ setMode }: Pick<EditedValue, 'setMode'>): null {
  useEffect(() => setMode('json'));
  return null;
}
