import { useId, type ReactElement, type ReactNode } from 'react';
import type { RunToolCall } from '../../protocol/types.js';
import { focusById } from '../../common/treeRoot.js';
import { Button } from '../Button.js';
import { useComponents } from '../ComponentsContext.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { truncate } from '../truncate.js';
import { ArgumentsTable } from './ArgumentsTable.js';
import { CallNotes } from './CallNotes.js';
import { DenyReason, DenyReasonButton } from './DenyReason.js';
import { isOneArgument } from './getArgumentsSummary.js';
import { useDenial, type Denial } from './useDenial.js';
import { getToolFormProps } from './getToolFormProps.js';
import { hasFormFields } from './hasFormFields.js';
import type {
  JsonSchema,
  ToolOutputDraft,
  ToolOutputResult,
  SchemaIssue,
} from '../../protocol/ToolCall.js';
import { OutputModes } from './OutputModes.js';
import { useSubmitAttempts } from './useSubmitAttempts.js';
import { useEditedValue, type OutputMode } from './useEditedValue.js';
import { useShownTool } from './ToolDisplay.js';
import { ToolTitle } from './ToolTitle.js';
import { useOwnSubmit } from '../useOwnSubmit.js';
import { ValueEditor } from './ValueEditor.js';

/** Maximum length of a question in UTF-16 units. */
const MAX_QUESTION_LENGTH = 2_000;

/** State of `ToolOutputForm`. */
export interface ToolOutputFormState {
  mode: OutputMode;
  /** True if the last submit was rejected and the value has not changed since. */
  invalid: boolean;
  submitting: boolean;
}

/** Props of `ToolOutputForm`. */
export interface ToolOutputFormProps extends Omit<
  PartProps<'form', ToolOutputFormState>,
  'children' | 'onSubmit'
> {
  call: RunToolCall;
  /** Schema of the result. With `SchemaForm` among the components it is rendered as a form. */
  schema?: JsonSchema | null | undefined;
  /** Value that the user has entered before. */
  draft?: ToolOutputDraft | undefined;
  /**
   * Receives the result. JSON is parsed and forms are validated. May resolve with issues of the result, or reject with an error
   * whose message is shown. The user can submit again then.
   */
  onSubmit: (result: ToolOutputResult) => void | Promise<void | readonly SchemaIssue[]>;
  /** Denies the call. @default no button to deny it */
  onDeny?: ((reason: string) => void) | undefined;
  /** Called with each change. */
  onDraftChange?: ((draft: ToolOutputDraft) => void) | undefined;
  /** Reason of a denial from before a reload. With it, the user is asked for the reason from the start. */
  denialDraft?: string | undefined;
  /** Receives the unfinished reason of a denial, and undefined when the user goes back. */
  onDenialDraftChange?: ((reason: string | undefined) => void) | undefined;
  /** @default false */
  isSubmitting?: boolean | undefined;
  /** Reason why the last submit failed. */
  error?: string | undefined;
  /** True if the result is kept until those of other calls are ready. @default false */
  isOneOfMany?: boolean | undefined;
  /** True if the call no longer accepts a result. @default false */
  isClosed?: boolean | undefined;
  /** Reason why the arguments are invalid. */
  problem?: string | undefined;
  /** Question of the handler, which expects an answer instead of a result. Empty if it has no text. */
  question?: string | undefined;
}

/**
 * Function call that waits for the user: its arguments, and a field or a form for its result. Ctrl+Enter or Cmd+Enter
 * submits. Element: form. `data-mode`, `data-invalid`, `data-submitting`.
 *
 * @example
 * ```tsx
 * import { ToolOutputForm } from 'assistants-react';
 *
 * export const form = (
 *   <ToolOutputForm
 *     call={{ id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{}' } }}
 *     onSubmit={(result) => console.log(result)}
 *   />
 * );
 * ```
 */
export function ToolOutputForm({
  call,
  schema: givenSchema,
  draft,
  onSubmit,
  onDeny,
  onDraftChange,
  denialDraft,
  onDenialDraftChange,
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
  const denial = useDenial(denialDraft, onDenialDraftChange);
  const isQuestion = question !== undefined;
  const schema = givenSchema ?? undefined;
  const modes = getModes(schema, SchemaForm !== undefined, isQuestion);
  const edited = useEditedValue(modes, draft, onDraftChange);
  const attempts = useSubmitAttempts(edited, schema, onSubmit);

  const submit = async (form: HTMLFormElement): Promise<void> => {
    if (isSubmitting || isClosed) return;
    if (!(await attempts.submit())) focusById(form, `${id}-output`);
  };

  const setForm = useOwnSubmit((form) => void submit(form));
  const deny = onDeny && (() => onDeny(denial.isOpen ? denial.reason : ''));

  const children = (
    <>
      <CallHeader call={call} id={id} problem={problem} question={question} />
      <ValueEditor
        edited={edited}
        modes={modes}
        id={id}
        label={isQuestion ? texts.tools.answer : texts.tools.output}
        isPlain
        schema={schema}
        attempts={attempts}
        error={attempts.problem ?? error}
        isDisabled={isClosed}
      />
      {deny && <DenyReason denial={denial} onDeny={deny} isDisabled={isSubmitting || isClosed} />}
      <OutputButtons
        modes={
          modes.length > 1 && (
            <OutputModes
              name={`${id}-mode`}
              modes={modes}
              mode={edited.mode}
              onChange={edited.setMode}
            />
          )
        }
        denial={denial}
        onDeny={deny}
        isQuestion={isQuestion}
        isOneOfMany={isOneOfMany}
        isClosed={isClosed}
        isSubmitting={isSubmitting}
      />
    </>
  );
  const defaultProps = { children, ...getToolFormProps(id), ref: setForm };
  const state: ToolOutputFormState = {
    mode: edited.mode,
    invalid: attempts.problem !== undefined,
    submitting: isSubmitting,
  };
  return createPart({ tag: 'form', name: 'tool-output-form', state, defaultProps }, props);
}

function CallHeader({
  call,
  id,
  problem,
  question,
}: Pick<ToolOutputFormProps, 'call' | 'problem' | 'question'> & {
  id: string;
}): ReactElement {
  const { tools } = useCompleteTexts();
  const { name, arguments: argumentsText } = call.function;
  const { title, hasTitle, icon, inputSchema } = useShownTool(name);
  const isInline = isOneArgument(argumentsText);
  const untitled = question === undefined ? tools.title(title) : tools.asks(title);
  return (
    <>
      <ToolTitle id={id} icon={icon} argumentsText={isInline ? argumentsText : undefined}>
        {hasTitle ? title : untitled}
      </ToolTitle>
      <CallNotes problem={problem} />
      {question !== undefined && question !== '' && (
        <p {...asPart('tool-question')} dir="auto">
          {truncate(question, MAX_QUESTION_LENGTH)}
        </p>
      )}
      {!isInline && <ArgumentsTable argumentsText={argumentsText} schema={inputSchema} isPlain />}
    </>
  );
}

function OutputButtons({
  modes,
  denial,
  onDeny,
  isQuestion,
  isOneOfMany,
  isClosed,
  isSubmitting,
}: {
  modes: ReactNode;
  denial: Denial;
  onDeny: (() => void) | undefined;
  isQuestion: boolean;
  isOneOfMany: boolean;
  isClosed: boolean;
  isSubmitting: boolean;
}): ReactElement {
  const { tools } = useCompleteTexts();
  const submit = isOneOfMany ? tools.keep : tools.submit;
  const label = isQuestion ? tools.sendAnswer : submit;
  return (
    <div {...asPart('buttons')} data-layout="split">
      <div {...asPart('buttons')}>
        {modes}
        {onDeny !== undefined && (
          <DenyReasonButton denial={denial} isDisabled={isSubmitting || isClosed} />
        )}
      </div>
      <div {...asPart('buttons')}>
        {onDeny !== undefined && (
          <Button disabled={isSubmitting || isClosed} onClick={onDeny}>
            {tools.deny}
          </Button>
        )}
        <Button
          type="submit"
          variant={isOneOfMany ? 'default' : 'primary'}
          disabled={isClosed}
          aria-disabled={isSubmitting}
        >
          {isSubmitting ? tools.submitting : label}
        </Button>
      </div>
    </div>
  );
}

/** Returns the input modes. Answers have no text mode, because they must match the schema. */
function getModes(
  schema: JsonSchema | undefined,
  hasForm: boolean,
  isQuestion: boolean,
): OutputMode[] {
  if (schema === undefined) return ['text', 'json'];
  const modes: OutputMode[] = hasForm && hasFormFields(schema) ? ['form', 'json'] : ['json'];
  return isQuestion ? modes : [...modes, 'text'];
}
