import type { ReactElement, ReactNode } from 'react';
import { Button } from '../Button.js';
import { Square } from '../icons.js';
import { ContentBoundary } from '../ContentBoundary.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { useNow } from '../useNow.js';
import { ToolCallCard } from './ToolCallCard.js';
import { truncate } from '../truncate.js';
import { ToolDisplayContext, useShownTool, type ToolDisplay } from './ToolDisplay.js';
import type { ToolCalls, ToolCall, UnknownAction } from '../../protocol/ToolCall.js';
import { ToolResult } from './ToolResult.js';

/** State of `ToolOutputs`. */
export interface ToolOutputsState {
  /** Number of pending calls with an output. */
  ready: number;
  /** Number of pending calls. */
  total: number;
  /** True if the run has expired. */
  expired: boolean;
}

/** Props of `ToolOutputs`. */
export interface ToolOutputsProps extends Omit<
  PartProps<'section', ToolOutputsState>,
  'children' | 'onSubmit'
> {
  /** The result of `useToolCalls`. */
  toolCalls: ToolCalls;
  /** Titles, descriptions and icons of the tools, such as those of `defineTool`. @default the names of the functions */
  tools?: readonly ToolDisplay[] | undefined;
  /** Expiry of the run, in Unix seconds. */
  expiresAt?: number | null | undefined;
  /** Renders a call. `card` is the default, or null for a call that is submitted or expired. */
  renderCall?: ((call: ToolCall, card: ReactElement | null) => ReactNode) | undefined;
  /** Server time in Unix seconds. @default the clock of the browser */
  now?: number | undefined;
  /** Stops the run. Shown as a button beside an action that cannot be performed here. @default no button */
  onStop?: (() => void) | undefined;
}

/**
 * Open calls of a run, one submit button for all of them, and a notice of results that could not be submitted. Renders
 * nothing without them. Element: section. `data-ready`, `data-total`, `data-expired`.
 */
export function ToolOutputs({
  toolCalls,
  tools = NO_TOOLS,
  expiresAt,
  renderCall,
  now: nowProp,
  onStop,
  ...props
}: ToolOutputsProps): ReactElement | null {
  const texts = useCompleteTexts();
  const { total, ready } = toolCalls;
  const now = useNow(total > 0, nowProp);
  const canExpire = typeof expiresAt === 'number' && total > 0;
  const remainingSeconds = canExpire && now !== undefined ? expiresAt - now : undefined;
  const isExpired = remainingSeconds !== undefined && remainingSeconds <= 0;
  const slots = getSlots(toolCalls, isExpired, renderCall);
  const notices = getNotices(toolCalls, onStop);
  if (slots.length + notices.length === 0) return null;

  const label = texts.run.status.requires_action;
  const children = (
    <ToolDisplayContext value={tools}>
      {total > 0 && (
        <Header label={label} remainingSeconds={isExpired ? undefined : remainingSeconds} />
      )}
      {isExpired && (
        <p {...asPart('field-error')} role="alert">
          {texts.tools.expired}
        </p>
      )}
      {slots.map(({ call, isWaiting, content }) => (
        <div
          key={call.id}
          {...asPart('tool-slot')}
          data-waiting={isWaiting ? '' : undefined}
          tabIndex={isWaiting ? -1 : undefined}
        >
          <ContentBoundary name="tool call" resetKey={call}>
            {content}
          </ContentBoundary>
        </div>
      ))}
      {notices}
      {(total > 1 || (total > 0 && total === ready)) && (
        <Footer toolCalls={toolCalls} isExpired={isExpired} />
      )}
    </ToolDisplayContext>
  );
  const state: ToolOutputsState = { ready, total, expired: isExpired };
  const defaultProps = { children, 'aria-label': total > 0 ? label : texts.steps.title };
  return createPart({ tag: 'section', name: 'tool-outputs', state, defaultProps }, props);
}

const NO_TOOLS: readonly ToolDisplay[] = [];

interface Slot {
  call: ToolCall;
  isWaiting: boolean;
  content: ReactNode;
}

/** Returns the calls that are rendered. A call without content is left out. */
function getSlots(
  toolCalls: ToolCalls,
  isExpired: boolean,
  renderCall: ToolOutputsProps['renderCall'],
): Slot[] {
  const { calls, total, isSubmitting, error } = toolCalls;
  return calls.flatMap((call): Slot[] => {
    const isClosed = call.state === 'submitted' || call.state === 'expired';
    const card = isClosed ? null : (
      <ToolCallCard
        call={call}
        actions={toolCalls}
        isOneOfMany={total > 1}
        isSubmitting={isSubmitting}
        isClosed={isExpired}
        error={total > 1 ? undefined : error?.message}
      />
    );
    const content = renderCall ? renderCall(call, card) : card;
    if (content === null || content === undefined) return [];
    return [{ call, isWaiting: call.state.startsWith('needs-'), content }];
  });
}

function Header({
  label,
  remainingSeconds,
}: {
  label: string;
  remainingSeconds: number | undefined;
}): ReactElement {
  const texts = useCompleteTexts();
  const format = useFormat();
  return (
    <header {...asPart('tool-outputs-header')}>
      <span>{label}</span>
      {remainingSeconds !== undefined && (
        <span
          {...asPart('run-status-expiry')}
          data-urgent={remainingSeconds <= 60 ? '' : undefined}
        >
          {texts.run.expiresIn(format.duration(remainingSeconds))}
        </span>
      )}
    </header>
  );
}

function Footer({
  toolCalls,
  isExpired,
}: {
  toolCalls: ToolCalls;
  isExpired: boolean;
}): ReactElement {
  const texts = useCompleteTexts();
  const format = useFormat();
  const { calls, total, ready, isSubmitting, error } = toolCalls;
  const getSubmitLabel = areDecisions(toolCalls)
    ? texts.tools.submitDecisions
    : texts.tools.submitAll;
  const isFailure = total === 1 && calls.some(({ state }) => state === 'failed');
  const submit = isFailure
    ? texts.tools.reportFailure
    : getSubmitLabel(format.number(total), total);
  return (
    <footer {...asPart('tool-outputs-footer')}>
      <output>
        {total > 1 && texts.tools.ready(format.number(ready), format.number(total), ready)}
      </output>
      <Button
        variant={isFailure ? 'default' : 'primary'}
        disabled={ready < total || isSubmitting || isExpired}
        onClick={() => void toolCalls.submit()}
      >
        {isSubmitting ? texts.tools.submitting : submit}
      </Button>
      {error !== undefined && (
        <p {...asPart('field-error')} role="alert" dir="auto">
          {error.message}
        </p>
      )}
    </footer>
  );
}

/** Returns true if the run waits for approvals of calls that a server runs, and for no results. */
function areDecisions({ calls }: ToolCalls): boolean {
  const open = calls.filter(({ state }) => state !== 'submitted' && state !== 'expired');
  return open.length > 0 && open.every(({ server }) => server !== undefined);
}

function getNotices(
  { notice, unknownAction }: ToolCalls,
  onStop: (() => void) | undefined,
): ReactElement[] {
  const notices: ReactElement[] = [];
  if (notice) notices.push(<Notice key="notice" notice={notice} />);
  if (unknownAction)
    notices.push(<UnknownActionNotice key="action" {...unknownAction} onStop={onStop} />);
  return notices;
}

/** Reports why results were not submitted, with the results. */
function Notice({ notice }: { notice: NonNullable<ToolCalls['notice']> }): ReactElement {
  const texts = useCompleteTexts();
  return (
    <div {...asPart('tool-notice')} role="alert">
      <p>{texts.tools.notice[notice.reason]}</p>
      {notice.calls.map((call) => {
        const text = getEnteredText(call);
        return text === undefined || text === '' ? null : (
          <details key={call.id} {...asPart('raw')}>
            <summary>
              <NoticeTitle name={call.name} />
            </summary>
            <ToolResult output={text} />
          </details>
        );
      })}
    </div>
  );
}

function NoticeTitle({ name }: { name: string }): ReactElement {
  return <bdi>{useShownTool(name).title}</bdi>;
}

/** Reports that the run waits for an action that no part can perform, with the action as the server has sent it. */
function UnknownActionNotice({
  type,
  action,
  onStop,
}: UnknownAction & { onStop: (() => void) | undefined }): ReactElement {
  const texts = useCompleteTexts();
  return (
    <div {...asPart('tool-notice')} role="alert">
      <p>{texts.tools.unknownAction(truncate(type))}</p>
      <details {...asPart('raw')}>
        <summary>{texts.error.details}</summary>
        <ToolResult output={JSON.stringify(action)} />
      </details>
      {onStop && (
        <div {...asPart('buttons')}>
          <Button onClick={onStop}>
            <Square size={12} fill="currentColor" />
            {texts.run.stop}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Returns the output of a call, or what the user has typed as its result or as the reason of a denial. */
function getEnteredText(call: ToolCall): string | undefined {
  if ('output' in call) return call.output;
  if (call.state !== 'needs-output' && call.state !== 'needs-approval') return undefined;
  const output = call.state === 'needs-output' ? call.draft?.text : undefined;
  return output ?? call.denialDraft;
}
