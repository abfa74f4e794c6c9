import { useId, useState, type FormEvent, type ReactElement } from 'react';
import type { RunToolCall } from '../../protocol/types.js';
import { Button } from '../Button.js';
import { useComponents } from '../ComponentsContext.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';
import { ArgumentsTable } from './ArgumentsTable.js';
import { CallNotes } from './CallNotes.js';
import { DenyForm } from './DenyForm.js';
import { isSubmitKey } from './isSubmitKey.js';
import type {
  JsonSchema,
  ToolOutputDraft,
  ToolOutputResult,
  SchemaIssue,
} from '../../protocol/ToolCall.js';
import { useAttempts } from './useAttempts.js';
import { useEditedValue, type OutputMode } from './useEditedValue.js';
import { ValueEditor } from './ValueEditor.js';

/** Props of `ToolOutputForm`. */
export interface ToolOutputFormProps extends Omit<PartProps<'form'>, 'children' | 'onSubmit'> {
  call: RunToolCall;
  /** What the result looks like. With `SchemaForm` among the components it becomes a form. */
  schema?: JsonSchema | undefined;
  /** What was written before. */
  draft?: ToolOutputDraft | undefined;
  /** Receives the result; may resolve with what is wrong with it. JSON has been read, a form been checked. */
  onSubmit: (result: ToolOutputResult) => void | Promise<void | readonly SchemaIssue[]>;
  /** Refuses the call. Without it there is no such button. */
  onDeny?: ((reason: string) => void) | undefined;
  /** Called at each change. */
  onDraftChange?: ((draft: ToolOutputDraft) => void) | undefined;
  /** @default false */
  isSubmitting?: boolean | undefined;
  /** Why the last submit failed. */
  error?: string | undefined;
  /** Its result is set aside until those of other calls are ready too. @default false */
  isOneOfMany?: boolean | undefined;
  /** The call takes no result any more. @default false */
  isClosed?: boolean | undefined;
  /** What is wrong with the arguments. */
  problem?: string | undefined;
  /** A question of the handler, which wants an answer and no result; empty where it asks without words. */
  question?: string | undefined;
}

/**
 * A function call that waits for a person: what would run, and a field or a form for its result. Control or Command with
 * Enter submits. Element: form. `data-mode`, `data-invalid`, `data-submitting`.
 */
export function ToolOutputForm({
  call,
  schema,
  draft,
  onSubmit,
  onDeny,
  onDraftChange,
  isSubmitting = false,
  error,
  isOneOfMany = false,
  isClosed = false,
  problem,
  question,
  ...props
}: ToolOutputFormProps): ReactElement | null {
  const texts = useCompleteTexts();
  const { SchemaForm } = useComponents();
  const id = useId();
  const [isDenying, setIsDenying] = useState(false);
  const isQuestion = question !== undefined;
  const modes = modesOf(schema, SchemaForm !== undefined, isQuestion);
  const edited = useEditedValue(modes, draft, onDraftChange);
  const { attempt, ...found } = useAttempts(edited, schema, onSubmit);

  const submit = async (): Promise<void> => {
    if (isSubmitting || isClosed) return;
    if (!(await attempt())) document.getElementById(`${id}-output`)?.focus();
  };

  const name = truncate(call.function.name);
  const label = isQuestion
    ? texts.tools.sendAnswer
    : isOneOfMany
      ? texts.tools.keep
      : texts.tools.submit;
  const children = (
    <>
      <p data-part="tool-title" id={`${id}-title`}>
        <bdi>{isQuestion ? texts.tools.asks(name) : texts.tools.title(name)}</bdi>
      </p>
      <CallNotes problem={problem} />
      {question !== undefined && question !== '' && (
        <p data-part="tool-question" dir="auto">
          {truncate(question, 2_000)}
        </p>
      )}
      <ArgumentsTable argumentsText={call.function.arguments} />
      {isDenying && onDeny !== undefined ? (
        <DenyForm onDeny={onDeny} onBack={() => setIsDenying(false)} isSubmitting={isSubmitting} />
      ) : (
        <>
          <ValueEditor
            edited={edited}
            modes={modes}
            id={id}
            label={isQuestion ? texts.tools.answer : texts.tools.output}
            hint={isQuestion ? undefined : texts.tools.outputHint}
            schema={schema}
            attempts={found.attempts}
            issues={found.issues}
            onProblems={found.onProblems}
            error={found.problem ?? error}
            isDisabled={isClosed}
          />
          <div data-part="buttons">
            {onDeny !== undefined && (
              <Button disabled={isSubmitting || isClosed} onClick={() => setIsDenying(true)}>
                {texts.tools.deny}
              </Button>
            )}
            <Button
              type="submit"
              variant={isOneOfMany ? 'default' : 'primary'}
              disabled={isClosed}
              aria-disabled={isSubmitting}
            >
              {isSubmitting ? texts.tools.submitting : label}
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
    onKeyDown: isSubmitKey,
    onSubmit: (event: FormEvent) => {
      event.preventDefault();
      void submit();
    },
  };
  const state = {
    mode: edited.mode,
    invalid: found.problem !== undefined,
    submitting: isSubmitting,
  };
  return createPart({ tag: 'form', name: 'tool-output-form', state, defaultProps: own }, props);
}

/** Text is for results alone: an answer is held to what was asked for. */
function modesOf(
  schema: JsonSchema | undefined,
  hasForm: boolean,
  isQuestion: boolean,
): OutputMode[] {
  if (schema === undefined) return ['text', 'json'];
  const modes: OutputMode[] = hasForm ? ['form', 'json'] : ['json'];
  return isQuestion ? modes : [...modes, 'text'];
}
