import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ClipboardEvent,
  type ReactElement,
} from 'react';
import { isRecord } from '../../common/isRecord.js';
import { useComponents } from '../ComponentsContext.js';
import { getDirection } from '../getDirection.js';
import { useFieldHeight } from '../useFieldHeight.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { ErrorBoundary } from '../ErrorBoundary.js';
import { OutputModes } from './OutputModes.js';
import { parseJson } from './parseJson.js';
import type { JsonSchema } from '../../protocol/ToolCall.js';
import type { SchemaFormProblem } from './SchemaFormProps.js';
import type { EditedValue, OutputMode } from './useEditedValue.js';
import type { SubmitAttempts } from './useSubmitAttempts.js';
import { asPart } from '../part.js';

interface ValueEditorProps {
  edited: EditedValue;
  modes: readonly OutputMode[];
  id: string;
  label: string;
  hint?: string | undefined;
  /** True if the label is for assistive technology only, and the caller renders the modes. @default false */
  isPlain?: boolean;
  schema: JsonSchema | undefined;
  attempts: Pick<SubmitAttempts, 'count' | 'issues' | 'onProblems'>;
  /** Reason why the text is invalid, or why it could not be submitted. */
  error: string | undefined;
  isDisabled: boolean;
  /** Text that is selected at first, in UTF-16 units. */
  selectedRange?: readonly [start: number, end: number] | undefined;
}

/**
 * Edits a value as a form, JSON or text. JSON with its fields that is pasted into the form fills it in. Switches to
 * JSON, and says why, if no form can be rendered.
 */
export function ValueEditor({
  edited,
  modes,
  id,
  label,
  hint,
  isPlain = false,
  schema,
  attempts: { count, issues, onProblems },
  error,
  isDisabled,
  selectedRange,
}: ValueEditorProps): ReactElement {
  const { SchemaForm } = useComponents();
  const { mode } = edited;
  const isForm = mode === 'form' && SchemaForm !== undefined && schema !== undefined;
  const { problemHint, switchToJson } = useSwitchToJson(edited);
  const shownHint = problemHint ?? hint;

  const onPaste = (event: ClipboardEvent): void => {
    if (!isForm) return;
    const filled = fillForm(schema, edited.value, event.clipboardData.getData('text/plain'));
    if (filled === undefined) return;
    event.preventDefault();
    edited.setValue(filled);
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- JSON pasted into any field fills in the form
    <div {...asPart('field')} onPaste={onPaste}>
      <div {...asPart(isPlain ? 'hidden' : 'field-head')}>
        {isForm ? (
          <span id={`${id}-label`}>{label}</span>
        ) : (
          <label htmlFor={`${id}-output`}>{label}</label>
        )}
        {!isPlain && modes.length > 1 && (
          <OutputModes name={`${id}-mode`} modes={modes} mode={mode} onChange={edited.setMode} />
        )}
      </div>
      {isForm ? (
        <fieldset
          {...asPart('plain-group')}
          aria-labelledby={`${id}-label`}
          aria-describedby={shownHint === undefined ? undefined : `${id}-hint`}
        >
          <ErrorBoundary resetKey={mode} fallback={<Unavailable onUnavailable={switchToJson} />}>
            <SchemaForm
              schema={schema}
              value={edited.value}
              onChange={edited.setValue}
              id={`${id}-form`}
              labelId={`${id}-label`}
              attempts={count}
              issues={issues}
              onProblems={onProblems}
              isDisabled={isDisabled}
              onUnavailable={switchToJson}
            />
          </ErrorBoundary>
        </fieldset>
      ) : (
        <TextEditor
          edited={edited}
          id={`${id}-output`}
          isInvalid={error !== undefined}
          selectedRange={selectedRange}
          describedBy={shownHint === undefined ? `${id}-error` : `${id}-hint ${id}-error`}
        />
      )}
      {shownHint !== undefined && (
        <p {...asPart('hint')} id={`${id}-hint`}>
          {shownHint}
        </p>
      )}
      <p {...asPart('field-error')} id={`${id}-error`} role="alert" dir="auto">
        {error}
      </p>
    </div>
  );
}

/**
 * Returns the value of a form that a pasted text fills in, or undefined for other texts, such as JSON for one of its
 * fields. Fields that the text does not have keep what the user has entered.
 */
function fillForm(schema: JsonSchema, value: unknown, text: string): unknown {
  const parsed = parseJson(text);
  if (!parsed.isValid || typeof parsed.value !== 'object' || parsed.value === null)
    return undefined;
  const { type, properties } = schema;
  if (type === 'array') return Array.isArray(parsed.value) ? parsed.value : undefined;
  const names = isRecord(properties) ? Object.keys(properties) : [];
  if (type !== 'object' && names.length === 0) return parsed.value;
  const filled = parsed.value;
  const isFitting =
    isRecord(filled) && (names.length === 0 || names.some((name) => Object.hasOwn(filled, name)));
  if (!isFitting) return undefined;
  return isRecord(value) ? { ...value, ...filled } : filled;
}

function TextEditor({
  edited: { mode, text, setText },
  id,
  isInvalid,
  describedBy,
  selectedRange,
}: Pick<ValueEditorProps, 'selectedRange'> & {
  edited: EditedValue;
  id: string;
  isInvalid: boolean;
  describedBy: string;
}): ReactElement {
  const field = useRef<HTMLTextAreaElement>(null);
  const [[start, end] = [undefined, undefined]] = useState(() => selectedRange);
  useFieldHeight(field, text);
  useLayoutEffect(() => {
    if (start !== undefined && end !== undefined) field.current?.setSelectionRange(start, end);
  }, [start, end]);
  return (
    <textarea
      ref={field}
      id={id}
      {...asPart('textarea')}
      data-mode={mode}
      value={text}
      rows={mode === 'text' ? 1 : 3}
      dir={mode === 'text' ? getDirection(text) : 'ltr'}
      spellCheck={mode === 'text'}
      aria-invalid={isInvalid}
      aria-describedby={describedBy}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

/** Returns a callback that switches to JSON, and the reason for the user, as long as JSON is edited. */
function useSwitchToJson({ mode, setMode }: EditedValue): {
  problemHint: string | undefined;
  switchToJson: (problem: SchemaFormProblem) => void;
} {
  const texts = useCompleteTexts();
  const [problem, setProblem] = useState<SchemaFormProblem>();
  return {
    problemHint: problem && mode === 'json' ? texts.form.unavailable[problem] : undefined,
    switchToJson(nextProblem) {
      setProblem(nextProblem);
      setMode('json');
    },
  };
}

/** Rendered if the form throws. */
function Unavailable({
  onUnavailable,
}: {
  onUnavailable: (problem: SchemaFormProblem) => void;
}): null {
  useEffect(() => onUnavailable('invalid'));
  return null;
}
