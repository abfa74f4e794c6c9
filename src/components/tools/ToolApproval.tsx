import { useId, useRef, useState, type MouseEvent, type ReactElement } from 'react';
import type { RunToolCall } from '../../protocol/types.js';
import { focusById } from '../../common/treeRoot.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';
import { ApprovalButtons } from './ApprovalButtons.js';
import { ArgumentsTable } from './ArgumentsTable.js';
import { CallNotes } from './CallNotes.js';
import { DenyReason } from './DenyReason.js';
import { isOneArgument } from './getArgumentsSummary.js';
import { useDenial } from './useDenial.js';
import { getToolFormProps } from './getToolFormProps.js';
import type { JsonSchema, ToolOutputDraft, ToolOutputResult } from '../../protocol/ToolCall.js';
import { focusFirstField } from './focusFirstField.js';
import { useSubmitAttempts } from './useSubmitAttempts.js';
import { useEditedArguments } from './useEditedArguments.js';
import { useShownTool } from './ToolDisplay.js';
import { ToolTitle } from './ToolTitle.js';
import { useApprovalKeys } from './useApprovalKeys.js';
import { useOwnSubmit } from '../useOwnSubmit.js';
import { ValueEditor } from './ValueEditor.js';

/** State of `ToolApproval`. */
export interface ToolApprovalState {
  /** True while the user edits the arguments. */
  editing: boolean;
}

/** Props of `ToolApproval`. */
export interface ToolApprovalProps extends Omit<
  PartProps<'form', ToolApprovalState>,
  'children' | 'onSubmit'
> {
  call: RunToolCall;
  /** Schema of the arguments. With `SchemaForm` among the components they are edited in a form. */
  schema?: JsonSchema | undefined;
  /** Runs the call, with the edited arguments if the user has changed them. */
  onApprove: (edited: { argumentsText: string } | undefined) => void;
  /** Runs the call, and later calls of the tool without asking. @default that button is left out */
  onAllowAlways?: ((edited: { argumentsText: string } | undefined) => void) | undefined;
  /** Receives the reason, which may be empty. */
  onDeny: (reason: string) => void;
  /** Reason why the arguments are invalid. The call cannot run until they are edited. */
  problem?: string | undefined;
  /** True if the call was pending before this page was loaded. @default false */
  isRestored?: boolean | undefined;
  /**
   * Name of the server that runs the call, such as an MCP server; it may be empty. The arguments cannot be edited then, and a
   * denial has no reason.
   */
  server?: string | undefined;
  /** Changes of the arguments from before a reload. With them, the arguments are edited from the start. */
  draft?: ToolOutputDraft | undefined;
  /** Receives unfinished changes of the arguments, and undefined when the user discards them. */
  onDraftChange?: ((draft: ToolOutputDraft | undefined) => void) | undefined;
  /** Reason of a denial from before a reload. With it, the user is asked for the reason from the start. */
  denialDraft?: string | undefined;
  /** Receives the unfinished reason of a denial, and undefined when the user goes back. */
  onDenialDraftChange?: ((reason: string | undefined) => void) | undefined;
  /** Disables all controls. @default false */
  isDisabled?: boolean | undefined;
}

/**
 * Function call that waits for approval, with its arguments, which the user can edit. Enter approves and Escape denies it while
 * the form has the focus. Element: form. `data-editing`.
 */
export function ToolApproval({
  call,
  schema,
  onApprove,
  onAllowAlways,
  onDeny,
  problem,
  isRestored = false,
  server,
  draft,
  onDraftChange,
  denialDraft,
  onDenialDraftChange,
  isDisabled = false,
  ...props
}: ToolApprovalProps): ReactElement | null {
  const texts = useCompleteTexts();
  const id = useId();
  const { arguments: argumentsText } = call.function;
  const denial = useDenial(denialDraft, onDenialDraftChange);
  const editor = useApprovalEditor({ argumentsText, schema, problem, draft, onDraftChange });
  const { isEditing, toggle, edited, isUnreadable } = editor;
  // The button that was pressed last.
  const approve = useRef(onApprove);
  const attempts = useSubmitAttempts(edited, schema, (result) => approve.current(toEdited(result)));
  const canToggle = server === undefined && (problem === undefined || !isEditing);

  const submit = async (form: HTMLFormElement | null, decide: typeof onApprove): Promise<void> => {
    if (isDisabled || (isEditing && isUnreadable)) return;
    approve.current = decide;
    if (!isEditing) decide(undefined);
    else if (!(await attempts.submit()) && form) focusById(form, `${id}-output`);
  };

  const setForm = useOwnSubmit((form) => void submit(form, onApprove));
  const deny = (): void => {
    if (!isDisabled) onDeny(denial.isOpen ? denial.reason : '');
  };
  const reason = server === undefined ? denial : undefined;
  const keys = useApprovalKeys({ onDeny: deny });
  const children = (
    <>
      <ApprovalTitle id={id} call={call} server={server} />
      <CallNotes problem={editor.problem} isRestored={isRestored} server={server} />
      {isEditing ? (
        <ValueEditor
          edited={edited}
          modes={editor.modes}
          selectedRange={editor.faultyRange}
          id={id}
          label={texts.steps.arguments}
          schema={schema}
          attempts={attempts}
          error={attempts.problem}
          isDisabled={isDisabled}
        />
      ) : (
        <ApprovalArguments call={call} server={server} schema={schema} />
      )}
      {reason && <DenyReason denial={reason} onDeny={deny} isDisabled={isDisabled} />}
      <ApprovalButtons
        denial={reason}
        onDeny={deny}
        onToggle={canToggle ? toggle : undefined}
        onAllowAlways={onAllowAlways && ((form) => void submit(form, onAllowAlways))}
        isEditing={isEditing}
        isDisabled={isDisabled}
        canApprove={!isEditing || !isUnreadable}
      />
    </>
  );
  const defaultProps = {
    children,
    ...getToolFormProps(id),
    ...keys,
    ref: setForm,
    // The form takes the focus, because a key that is still pressed would activate a focused button.
    tabIndex: -1,
  };
  return createPart(
    { tag: 'form', name: 'tool-approval', state: { editing: isEditing }, defaultProps },
    props,
  );
}

function ApprovalTitle({
  id,
  call,
  server,
}: Pick<ToolApprovalProps, 'call' | 'server'> & { id: string }): ReactElement {
  const texts = useCompleteTexts();
  const { name, arguments: argumentsText } = call.function;
  const { title, hasTitle, icon, description } = useShownTool(name, server);
  const isInline = isOneArgument(argumentsText);
  return (
    <ToolTitle
      id={id}
      icon={icon}
      description={description}
      argumentsText={isInline ? argumentsText : undefined}
    >
      {hasTitle
        ? texts.tools.confirm(title)
        : texts.tools.wantsToRun(server ? `${truncate(server)}: ${title}` : title)}
    </ToolTitle>
  );
}

/** Arguments of a call, unless its title shows them. */
function ApprovalArguments({
  call,
  server,
  schema,
}: Pick<ToolApprovalProps, 'call' | 'server' | 'schema'>): ReactElement | null {
  const { name, arguments: argumentsText } = call.function;
  const { inputSchema } = useShownTool(name, server);
  if (isOneArgument(argumentsText)) return null;
  return <ArgumentsTable argumentsText={argumentsText} schema={schema ?? inputSchema} isPlain />;
}

type ApprovalEditorOptions = Pick<
  ToolApprovalProps,
  'schema' | 'problem' | 'draft' | 'onDraftChange'
> & { argumentsText: string };

/** Holds the state of the editor for the arguments. Invalid arguments and those of a draft are edited from the start. */
function useApprovalEditor({
  argumentsText,
  schema,
  problem,
  draft,
  onDraftChange,
}: ApprovalEditorOptions) {
  const [isEditing, setIsEditing] = useState(problem !== undefined || draft !== undefined);
  // Shown again when the user edits again.
  const lastDraft = useRef(draft);
  const editor = useEditedArguments(argumentsText, schema, problem, {
    draft,
    onChange(next) {
      lastDraft.current = next;
      onDraftChange?.(next);
    },
  });
  const toggle = ({ currentTarget: { form } }: MouseEvent<HTMLButtonElement>): void => {
    setIsEditing(!isEditing);
    onDraftChange?.(isEditing ? undefined : lastDraft.current);
    if (!isEditing && form) focusFirstField(form);
  };
  return { ...editor, isEditing, toggle };
}

function toEdited(result: ToolOutputResult): { argumentsText: string } {
  return { argumentsText: 'value' in result ? (JSON.stringify(result.value) ?? '') : result.text };
}
