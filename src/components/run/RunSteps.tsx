import type { IconComponent } from '../Icon.js';
import {
  ChevronRight,
  CircleHelp,
  Code,
  MessageSquareText,
  Search,
  Wrench,
} from '../icons.lazy.js';
import type { ReactElement, ReactNode } from 'react';
import type { RunStep, RunStepToolCall } from '../../protocol/types.js';
import { useFormat } from '../i18n/TextsContext.js';
import { useTexts } from '../i18n/useTexts.js';
import type { ComponentTexts } from '../i18n/texts.js';
import type { FileResolver } from '../message/renderPart.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';
import { useNow } from '../useNow.js';
import { ToolCallDetails } from './ToolCallDetails.js';

/** Props of `RunSteps`. */
export interface RunStepsProps extends Omit<PartProps<'details'>, 'children'> {
  /** Oldest first. */
  steps: readonly RunStep[];
  /** Shows what a tool call was given and what came of it in your own way; `details` are ours. */
  renderCall?: ((call: RunStepToolCall, details: ReactElement) => ReactNode) | undefined;
  /** Names and images of the files that steps mention. */
  resolveFile?: FileResolver | undefined;
  /** Server time in Unix seconds. @default the clock of the browser */
  now?: number | undefined;
}

/** What a run did, folded: one line a step, opened its arguments, code and results. Nothing without steps. Element: details. */
export function RunSteps({
  steps,
  renderCall,
  resolveFile,
  now: given,
  ...props
}: RunStepsProps): ReactElement | null {
  const texts = useTexts();
  const format = useFormat();
  const now = useNow(
    steps.some((step) => step.status === 'in_progress'),
    given,
  );
  if (steps.length === 0) return null;
  const children = (
    <>
      <summary>
        <ChevronRight />
        <bdi>{texts.steps.count(format.number(steps.length), steps.length)}</bdi>
      </summary>
      <ol aria-label={texts.steps.title}>
        {steps.map((step) => (
          <StepRows
            key={step.id}
            step={step}
            now={now}
            renderCall={renderCall}
            resolveFile={resolveFile}
          />
        ))}
      </ol>
    </>
  );
  return createPart({ tag: 'details', name: 'run-steps', own: { children } }, props);
}

/** One row, or one for each call of a step that called tools. */
function StepRows({
  step,
  now,
  renderCall,
  resolveFile,
}: { step: RunStep; now: number } & Pick<
  RunStepsProps,
  'renderCall' | 'resolveFile'
>): ReactElement {
  const texts = useTexts();
  const details = step.step_details;
  const kind: string = details?.type ?? '';
  if (details?.type === 'tool_calls' && details.tool_calls.length > 0) {
    return (
      <>
        {details.tool_calls.map((call, index) => {
          const own = <ToolCallDetails call={call} resolveFile={resolveFile} />;
          return (
            <StepRow key={call.id ?? index} step={step} now={now} {...callLook(call, texts)}>
              {renderCall ? renderCall(call, own) : own}
            </StepRow>
          );
        })}
      </>
    );
  }
  if (kind === 'message_creation' || kind === 'tool_calls') {
    const isWriting = step.status === 'in_progress';
    const name =
      kind === 'tool_calls'
        ? texts.run.status.in_progress
        : isWriting
          ? texts.run.writing
          : texts.steps.wroteMessage;
    return (
      <StepRow
        step={step}
        now={now}
        icon={kind === 'tool_calls' ? Wrench : MessageSquareText}
        name={name}
      />
    );
  }
  return <StepRow step={step} now={now} icon={CircleHelp} name={texts.steps.unknown} />;
}

interface StepRowProps {
  step: RunStep;
  now: number;
  icon: IconComponent;
  name: string;
  children?: ReactNode;
}

function StepRow({ step, now, icon: Icon, name, children }: StepRowProps): ReactElement {
  const texts = useTexts();
  const format = useFormat();
  const end =
    step.completed_at ??
    step.failed_at ??
    step.cancelled_at ??
    step.expired_at ??
    (step.status === 'in_progress' ? now : undefined);
  const status: string = step.status;
  const known: Readonly<Record<string, string>> = texts.steps.status;
  const said =
    (Object.hasOwn(known, status) ? known[status] : undefined) ?? texts.steps.status.unknown;
  const line = (
    <>
      <Icon />
      <bdi data-part="step-name">{name}</bdi>
      {end !== undefined && (
        <bdi data-part="step-time">{format.duration(end - step.created_at)}</bdi>
      )}
      <span data-part="step-status">{said}</span>
    </>
  );
  return (
    <li data-part="step" data-status={step.status} data-type={step.type}>
      {children === undefined ? (
        <div data-part="step-line">{line}</div>
      ) : (
        <details>
          <summary data-part="step-line">
            {line}
            <ChevronRight size={14} />
          </summary>
          <div data-part="step-details">{children}</div>
        </details>
      )}
      {step.last_error !== null && step.last_error !== undefined && (
        <p data-part="step-error" dir="auto">
          {truncate(step.last_error.message, 2_000)}
        </p>
      )}
    </li>
  );
}

function callLook(
  call: RunStepToolCall,
  texts: ComponentTexts,
): { icon: IconComponent; name: string } {
  switch (call.type) {
    case 'function':
      return { icon: Wrench, name: texts.steps.called(truncate(call.function.name)) };
    case 'code_interpreter':
      return { icon: Code, name: texts.steps.ranCode };
    case 'retrieval':
    case 'file_search':
      return { icon: Search, name: texts.steps.searchedFiles };
    default:
      // The wire may grow.
      return { icon: CircleHelp, name: texts.steps.unknown };
  }
}
