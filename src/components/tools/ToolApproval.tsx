import { useId, useMemo, useState, type FormEvent, type ReactElement } from 'react';
import type { RunToolCall } from '../../protocol/types.js';
import { Button } from '../Button.js';
import { useComponents } from '../ComponentsContext.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';
import { ArgumentsTable } from './ArgumentsTable.js';
import { CallNotes } from './CallNotes.js';
import { DenyForm } from './DenyForm.js';
import { indentedJson } from './readArguments.js';
import { isSubmitKey } from './isSubmitKey.js';
import type { JsonSchema } from '../../protocol/ToolCall.js';
import { useAttempts } from './useAttempts.js';
import { useEditedValue, type OutputMode } from './useEditedValue.js';
import { ValueEditor } from './ValueEditor.js';

/** Props of `ToolApproval`. */
export interface ToolApprovalProps extends Omit<PartProps<'form'>, 'children' | 'onSubmit'> {
  call: RunToolCall;
  /** What the arguments look like. With `SchemaForm` among the components they are edited in a form. */
  schema?: JsonSchema | undefined;
  /** Lets it run, with other arguments if the person has changed them. */
  onApprove: (edited: { argumentsText: string } | undefined) => void;
  /** Receives why; the reason may be empty. */
  onDeny: (reason: string) => void;
  /** What is wrong with the arguments; as they are, they cannot run. */
  problem?: string | undefined;
  /** The call was found waiting. @default false */
  isRestored?: boolean | undefined;
  /** Takes nothing any more, or not now. @default false */
  isDisabled?: boolean | undefined;
}

/**
 * A function call that waits for approval: what would run, which the person may change, and why it should be looked at.
 * Element: form. `data-editing`.
 */
export function ToolApproval({
  call,
  schema,
  onApprove,
  onDeny,
  problem,
  isRestored = false,
  isDisabled = false,
  ...props
}: ToolApprovalProps): ReactElement | null {
  const texts = useCompleteTexts();
  const { SchemaForm } = useComponents();
  const id = useId();
  const { name, arguments: argumentsText } = call.function;
  const [isDenying, setIsDenying] = useState(false);
  // What does not fit is there to be changed.
  const [isEditing, setIsEditing] = useState(problem !== undefined);
  const modes: OutputMode[] =
    schema !== undefined && SchemaForm !== undefined ? ['form', 'json'] : ['json'];
  const draft = useMemo(() => ({ text: indentedJson(argumentsText) }), [argumentsText]);
  const edited = useEditedValue(modes, draft, undefined);
  const { attempt, ...found } = useAttempts(edited, schema, (result) =>
    onApprove({
      argumentsText: 'value' in result ? (JSON.stringify(result.value) ?? '') : result.text,
    }),
  );

  const submit = async (): Promise<void> => {
    if (isDisabled) return;
    if (!isEditing) onApprove(undefined);
    else if (!(await attempt())) document.getElementById(`${id}-output`)?.focus();
  };

  const children = (
    <>
      <p data-part="tool-title" id={`${id}-title`}>
        <bdi>{texts.tools.wantsToRun(truncate(name))}</bdi>
      </p>
      <CallNotes problem={problem} isRestored={isRestored} />
      {isEditing ? (
        <ValueEditor
          edited={edited}
          modes={modes}
          id={id}
          label={texts.steps.arguments}
          hint={undefined}
          schema={schema}
          attempts={found.attempts}
          issues={found.issues}
          onProblems={found.onProblems}
          error={found.problem}
          isDisabled={isDisabled}
        />
      ) : (
        <ArgumentsTable argumentsText={argumentsText} />
      )}
      {isDenying ? (
        <DenyForm onDeny={onDeny} onBack={() => setIsDenying(false)} isSubmitting={isDisabled} />
      ) : (
        <div data-part="buttons">
          <Button disabled={isDisabled} onClick={() => setIsDenying(true)}>
            {texts.tools.deny}
          </Button>
          {(problem === undefined || !isEditing) && (
            <Button disabled={isDisabled} onClick={() => setIsEditing(!isEditing)}>
              {isEditing ? texts.tools.keepArguments : texts.tools.editArguments}
            </Button>
          )}
          <Button type="submit" variant="primary" disabled={isDisabled}>
            {texts.tools.approve}
          </Button>
        </div>
      )}
    </>
  );
  const own = {
    children,
    noValidate: true,
    // Takes the focus by script: on a button, a key that is still pressed would approve.
    tabIndex: -1,
    'aria-labelledby': `${id}-title`,
    onKeyDown: isSubmitKey,
    onSubmit: (event: FormEvent) => {
      event.preventDefault();
      void submit();
    },
  };
  return createPart(
    { tag: 'form', name: 'tool-approval', state: { editing: isEditing }, defaultProps: own },
    props,
  );
}
