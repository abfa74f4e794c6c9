import type { IconComponent } from '../Icon.js';
import { Check, CircleAlert } from '../icons.js';
import { Ban, LoaderCircle, Wrench } from '../icons.lazy.js';
import type { ReactElement, ReactNode } from 'react';
import { Button } from '../Button.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { ArgumentsTable } from './ArgumentsTable.js';
import { ToolApproval } from './ToolApproval.js';
import type { RunToolCall } from '../../protocol/types.js';
import type { ToolCall, ToolCallActions, ToolCallState } from '../../protocol/ToolCall.js';
import { useShownTool } from './ToolDisplay.js';
import { ToolOutputForm } from './ToolOutputForm.js';
import { ToolResult } from './ToolResult.js';
import { ToolSummary } from './ToolSummary.js';

/** State of `ToolCallCard`. */
export interface ToolCallCardState {
  state: ToolCallState;
}

/** Props of `ToolCallCard`. */
export interface ToolCallCardProps extends Omit<
  PartProps<'div', ToolCallCardState>,
  'children' | 'onSubmit'
> {
  call: ToolCall;
  actions: ToolCallActions;
  /** True if other calls of the run wait too. @default false */
  isOneOfMany?: boolean | undefined;
  /** True while the outputs are being submitted. @default false */
  isSubmitting?: boolean | undefined;
  /** True if the run no longer accepts outputs. @default false */
  isClosed?: boolean | undefined;
  /** Reason why the last submit failed. */
  error?: string | undefined;
}

/**
 * Function call in any state: streamed arguments, a request for approval, a form, its progress, its result.
 * Element: div. `data-state`.
 */
export function ToolCallCard({
  call,
  actions,
  isOneOfMany,
  isSubmitting = false,
  isClosed = false,
  error,
  ...props
}: ToolCallCardProps): ReactElement | null {
  const state: ToolCallCardState = { state: call.state };
  const children = (
    <CallContent
      call={call}
      actions={actions}
      isOneOfMany={isOneOfMany}
      isSubmitting={isSubmitting}
      isClosed={isClosed}
      error={error}
    />
  );
  return createPart({ tag: 'div', name: 'tool-call', state, defaultProps: { children } }, props);
}

type CallContentProps = Pick<ToolCallCardProps, 'call' | 'actions' | 'isOneOfMany' | 'error'> & {
  isSubmitting: boolean;
  isClosed: boolean;
};

function CallContent({
  call,
  actions,
  isOneOfMany,
  isSubmitting,
  isClosed,
  error,
}: CallContentProps): ReactElement {
  const { id } = call;
  const shared = {
    call: toRunToolCall(call),
    problem: call.problem,
    onDeny: (reason: string) => actions.deny(id, reason),
  };
  switch (call.state) {
    case 'needs-approval':
      return (
        // Invalid edited arguments come back with a new problem, and reset the form.
        <ToolApproval
          key={call.argumentsText}
          {...shared}
          isRestored={call.isRestored === true && call.mayHaveRun !== false}
          server={call.server}
          schema={call.schema}
          draft={call.draft}
          onDraftChange={(draft) => actions.setDraft(id, draft)}
          denialDraft={call.denialDraft}
          onDenialDraftChange={(reason) => actions.setDenialDraft(id, reason)}
          onApprove={(edited) => void actions.approve(id, edited)}
          onAllowAlways={
            call.canAlwaysAllow
              ? (edited) => void actions.approve(id, edited, { always: true })
              : undefined
          }
          isDisabled={isClosed || isSubmitting}
        />
      );
    case 'needs-output':
      return (
        <ToolOutputForm
          {...shared}
          schema={call.schema}
          draft={call.draft}
          onSubmit={(result) => actions.provide(id, result)}
          onDraftChange={(draft) => actions.setDraft(id, draft)}
          denialDraft={call.denialDraft}
          onDenialDraftChange={(reason) => actions.setDenialDraft(id, reason)}
          isOneOfMany={isOneOfMany}
          isSubmitting={isSubmitting}
          isClosed={isClosed}
          error={error}
        />
      );
    case 'needs-answer':
      return (
        <ToolOutputForm
          key="answer"
          {...shared}
          schema={call.schema}
          question={call.question ?? ''}
          onSubmit={(result) => actions.answer(id, 'value' in result ? result.value : result.text)}
          isClosed={isClosed}
        />
      );
    default:
      return <CallLine call={call} actions={actions} isDisabled={isClosed || isSubmitting} />;
  }
}

/** Converts a call to the format of the API, which the forms take. */
function toRunToolCall({ id, name, argumentsText }: ToolCall): RunToolCall {
  return { id, type: 'function', function: { name, arguments: argumentsText } };
}

/** A call that does not wait for the user. */
type StatusCall = Exclude<ToolCall, { state: 'needs-approval' | 'needs-output' | 'needs-answer' }>;

/** One line with the name and state of a call, and details below. */
function CallLine({
  call,
  actions,
  isDisabled,
}: {
  call: StatusCall;
  actions: ToolCallActions;
  isDisabled: boolean;
}): ReactElement {
  const texts = useCompleteTexts();
  const { id, name, state } = call;
  const Icon = ICONS[state];
  const { title } = useShownTool(name, call.server);
  const label =
    call.state === 'running' && call.place !== 'here'
      ? texts.tools.state[call.place]
      : texts.tools.state[state];
  const canReopen = REOPENABLE.has(state);
  return (
    <div {...asPart('tool-line')}>
      <div {...asPart('tool-ready')}>
        <Icon />
        <bdi {...asPart('tool-name')}>{title}</bdi>
        <ToolSummary argumentsText={call.argumentsText} />
        <output {...asPart('muted')}>{label}</output>
        {canReopen && (
          <Button variant="quiet" disabled={isDisabled} onClick={() => actions.reopen(id)}>
            {texts.tools.change}
          </Button>
        )}
        {state === 'failed' && (
          <Button variant="primary" disabled={isDisabled} onClick={() => void actions.retry(id)}>
            {texts.error.retry}
          </Button>
        )}
      </div>
      <LineDetails call={call} />
    </div>
  );
}

/** States of calls whose answer is not submitted yet. */
const REOPENABLE = new Set<ToolCallState>(['done', 'failed', 'denied', 'approved']);

/** Streaming arguments or the output of a call. A successful output is collapsed. */
function LineDetails({ call }: { call: StatusCall }): ReactNode {
  const texts = useCompleteTexts();
  const { inputSchema, outputSchema } = useShownTool(call.name, call.server);
  if (call.state === 'streaming-args')
    return <ArgumentsTable argumentsText={call.argumentsText} schema={inputSchema} isStreaming />;
  const output = 'output' in call ? call.output : undefined;
  // The server does not receive the output of a denied call that it would have run.
  if (output === undefined || call.server !== undefined) return null;
  if (call.state !== 'done') return <ToolResult output={output} />;
  return (
    <details {...asPart('raw')}>
      <summary>{texts.steps.output}</summary>
      <ToolResult output={output} schema={outputSchema} />
    </details>
  );
}

const ICONS: Record<StatusCall['state'], IconComponent> = {
  'streaming-args': Wrench,
  running: LoaderCircle,
  done: Check,
  approved: Check,
  failed: CircleAlert,
  denied: Ban,
  submitted: Check,
  expired: Ban,
};
