import type { ReactElement, ReactNode } from 'react';
import { Button } from '../Button.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { useNow } from '../useNow.js';
import { ToolCallCard } from './ToolCallCard.js';
import type { ToolCalls, ToolCall } from '../../protocol/ToolCall.js';
import { ToolResult } from './ToolResult.js';

/** Props of `ToolOutputs`. */
export interface ToolOutputsProps extends Omit<PartProps<'section'>, 'children' | 'onSubmit'> {
  /** As `useToolCalls` gives it. */
  toolCalls: ToolCalls;
  /** When the run expires, in Unix seconds. */
  expiresAt?: number | null | undefined;
  /** Shows a call in your own way; `card` is ours, null for a call that is over. */
  renderCall?: ((call: ToolCall, card: ReactElement | null) => ReactNode) | undefined;
  /** Server time in Unix seconds. @default the clock of the browser */
  now?: number | undefined;
}

/**
 * The calls of a run that are not over, each in its state, one submit for all, and a notice of results that could not be sent.
 * Nothing where there is nothing of it. Element: section. `data-ready`, `data-total`, `data-expired`.
 */
export function ToolOutputs({
  toolCalls,
  expiresAt,
  renderCall,
  now: given,
  ...props
}: ToolOutputsProps): ReactElement | null {
  const texts = useCompleteTexts();
  const format = useFormat();
  const { calls, total, ready, isSubmitting, error, notice } = toolCalls;
  const now = useNow(total > 0, given);
  const hasExpiry = expiresAt !== undefined && expiresAt !== null && total > 0;
  const isExpired = hasExpiry && now >= expiresAt;
  const isOneOfMany = total > 1;
  const isComplete = total > 0 && total === ready;

  const shown = calls.flatMap((call): { id: string; isWaiting: boolean; content: ReactNode }[] => {
    const isOver = call.state === 'submitted' || call.state === 'expired';
    const card = isOver ? null : (
      <ToolCallCard
        call={call}
        actions={toolCalls}
        isOneOfMany={isOneOfMany}
        isSubmitting={isSubmitting}
        isClosed={isExpired}
        error={isOneOfMany ? undefined : error?.message}
      />
    );
    const content = renderCall ? renderCall(call, card) : card;
    return content === null || content === undefined
      ? []
      : [{ id: call.id, isWaiting: call.state.startsWith('needs-'), content }];
  });
  if (shown.length === 0 && !notice) return null;

  const children = (
    <>
      {total > 0 && (
        <header data-part="tool-outputs-header">
          <span>{texts.tools.pending(format.number(total), total)}</span>
          {hasExpiry && !isExpired && (
            <span
              data-part="run-status-expiry"
              data-urgent={expiresAt - now <= 60 ? '' : undefined}
            >
              {texts.run.expiresIn(format.duration(expiresAt - now))}
            </span>
          )}
        </header>
      )}
      {isExpired && (
        <p data-part="field-error" role="alert">
          {texts.tools.expired}
        </p>
      )}
      {shown.map(({ id, isWaiting, content }) => (
        <div
          key={id}
          data-part="tool-slot"
          data-waiting={isWaiting ? '' : undefined}
          tabIndex={isWaiting ? -1 : undefined}
        >
          {content}
        </div>
      ))}
      {notice && <Notice notice={notice} />}
      {(isOneOfMany || isComplete) && (
        <footer data-part="tool-outputs-footer">
          <output>{texts.tools.ready(format.number(ready), format.number(total), ready)}</output>
          <Button
            variant="primary"
            disabled={ready < total || isSubmitting || isExpired}
            onClick={() => void toolCalls.submit()}
          >
            {isSubmitting
              ? texts.tools.submitting
              : texts.tools.submitAll(format.number(total), total)}
          </Button>
          {error !== undefined && (
            <p data-part="field-error" role="alert" dir="auto">
              {error.message}
            </p>
          )}
        </footer>
      )}
    </>
  );
  const own = {
    children,
    'aria-label': total > 0 ? texts.tools.pending(format.number(total), total) : texts.steps.title,
  };
  return createPart(
    { tag: 'section', name: 'tool-outputs', state: { ready, total, expired: isExpired }, defaultProps: own },
    props,
  );
}

/** Why results were not sent, and what they were. */
function Notice({ notice }: { notice: NonNullable<ToolCalls['notice']> }): ReactElement {
  const texts = useCompleteTexts();
  return (
    <div data-part="tool-notice" role="alert">
      <p>{texts.tools.notice[notice.reason]}</p>
      {notice.calls.map((call) => {
        const written =
          'output' in call
            ? call.output
            : call.state === 'needs-output'
              ? call.draft?.text
              : undefined;
        return written === undefined || written === '' ? null : (
          <details key={call.id} data-part="raw">
            <summary>
              <bdi>{call.name}</bdi>
            </summary>
            <ToolResult output={written} />
          </details>
        );
      })}
    </div>
  );
}
