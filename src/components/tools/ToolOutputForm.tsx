import { useId, useState, type FormEvent, type KeyboardEvent, type ReactElement } from 'react';
import type { RunToolCall } from '../../protocol/types.js';
import { Button } from '../Button.js';
import { useTexts } from '../i18n/TextsContext.js';
import { createPart, type PartProps } from '../part.js';
import { ArgumentsTable } from './ArgumentsTable.js';
import { DenyForm } from './DenyForm.js';
import { OutputModes, type OutputMode } from './OutputModes.js';
import { checkJson } from './readArguments.js';

/** Props of `ToolOutputForm`. */
export interface ToolOutputFormProps extends Omit<PartProps<'form'>, 'children' | 'onSubmit'> {
  call: RunToolCall;
  /** @default '' */
  initialOutput?: string | undefined;
  /** @default 'text' */
  initialMode?: OutputMode | undefined;
  /** Receives the output as it goes on the wire; JSON has been checked. */
  onSubmit: (output: string) => void;
  /** Refuses the call. Without it there is no such button. */
  onDeny?: ((reason: string) => void) | undefined;
  /** Called at each change, for a draft. */
  onDraftChange?: ((output: string) => void) | undefined;
  /** @default false */
  isSubmitting?: boolean | undefined;
  /** Why the last submit failed. */
  error?: string | undefined;
  /** Its result is set aside until those of other calls are ready too. @default false */
  isOneOfMany?: boolean | undefined;
  /** The call takes no result any more. @default false */
  isClosed?: boolean | undefined;
}

/**
 * A function call that waits for a person: what would run, and a field for its result. Control or Command with Enter
 * submits. Element: form. `data-mode`, `data-invalid`, `data-submitting`.
 */
export function ToolOutputForm({
  call,
  initialOutput = '',
  initialMode = 'text',
  onSubmit,
  onDeny,
  onDraftChange,
  isSubmitting = false,
  error,
  isOneOfMany = false,
  isClosed = false,
  ...props
}: ToolOutputFormProps): ReactElement | null {
  const texts = useTexts();
  const id = useId();
  const [output, setOutput] = useState(initialOutput);
  const [mode, setMode] = useState<OutputMode>(initialMode);
  const [hasTried, setHasTried] = useState(false);
  const [isDenying, setIsDenying] = useState(false);
  const problem = mode === 'json' && hasTried ? jsonProblem(output, texts.tools) : undefined;
  const shownError = problem ?? error;

  const submit = (): void => {
    if (isSubmitting || isClosed) return;
    setHasTried(true);
    if (mode === 'json' && jsonProblem(output, texts.tools) !== undefined) {
      document.getElementById(`${id}-output`)?.focus();
      return;
    }
    onSubmit(output);
  };

  const children = (
    <>
      <p data-part="tool-title" id={`${id}-title`}>
        <bdi>{texts.tools.title(call.function.name)}</bdi>
      </p>
      <ArgumentsTable argumentsText={call.function.arguments} />
      {isDenying && onDeny !== undefined ? (
        <DenyForm onDeny={onDeny} onBack={() => setIsDenying(false)} isSubmitting={isSubmitting} />
      ) : (
        <>
          <div data-part="field">
            <div data-part="field-head">
              <label htmlFor={`${id}-output`}>{texts.tools.output}</label>
              <OutputModes name={`${id}-mode`} mode={mode} onChange={setMode} />
            </div>
            <textarea
              id={`${id}-output`}
              data-part="textarea"
              data-mode={mode}
              value={output}
              rows={3}
              dir={mode === 'json' ? 'ltr' : 'auto'}
              spellCheck={mode === 'text'}
              aria-invalid={shownError !== undefined}
              aria-describedby={`${id}-hint${shownError === undefined ? '' : ` ${id}-error`}`}
              onChange={(event) => {
                setOutput(event.target.value);
                onDraftChange?.(event.target.value);
              }}
              onKeyDown={(event: KeyboardEvent) => {
                if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
                event.preventDefault();
                submit();
              }}
            />
            <p data-part="hint" id={`${id}-hint`}>
              {texts.tools.outputHint}
            </p>
            <p data-part="field-error" id={`${id}-error`} role="alert">
              {shownError}
            </p>
          </div>
          <div data-part="buttons">
            {onDeny !== undefined && (
              <Button disabled={isSubmitting || isClosed} onClick={() => setIsDenying(true)}>
                {texts.tools.deny}
              </Button>
            )}
            <Button type="submit" variant={isOneOfMany ? 'default' : 'primary'} disabled={isClosed} aria-disabled={isSubmitting}>
              {isSubmitting ? texts.tools.submitting : isOneOfMany ? texts.tools.keep : texts.tools.submit}
            </Button>
          </div>
        </>
      )}
    </>
  );
  const own = {
    children,
    noValidate: true,
    'aria-labelledby': `${id}-title`,
    onSubmit: (event: FormEvent) => {
      event.preventDefault();
      submit();
    },
  };
  const state = { mode, invalid: problem !== undefined, submitting: isSubmitting };
  return createPart({ tag: 'form', name: 'tool-output-form', state, own }, props);
}

function jsonProblem(output: string, texts: { emptyJson: string; invalidJson: (reason: string) => string }): string | undefined {
  if (output.trim() === '') return texts.emptyJson;
  const check = checkJson(output);
  return check.isValid ? undefined : texts.invalidJson(check.reason);
}
