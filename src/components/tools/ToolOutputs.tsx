import { Check } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Run, RunToolCall, ToolOutput } from '../../protocol/types.js';
import { Button } from '../Button.js';
import { useFormat, useTexts } from '../i18n/TextsContext.js';
import { createPart, type PartProps } from '../part.js';
import { useNow } from '../useNow.js';
import { ToolOutputForm } from './ToolOutputForm.js';

/** Props of `ToolOutputs`. */
export interface ToolOutputsProps extends Omit<PartProps<'section'>, 'children' | 'onSubmit'> {
  run: Run;
  /** Receives the outputs of all calls, in their order: the wire takes them together or not at all. */
  onSubmit: (outputs: ToolOutput[]) => void;
  /** Refused calls, as the output that the model will read. @default `{"denied":true,"reason":"..."}` */
  denial?: ((reason: string, call: RunToolCall) => string) | undefined;
  /** Texts begun earlier, by call id. */
  drafts?: Readonly<Record<string, string>> | undefined;
  onDraftChange?: ((callId: string, output: string) => void) | undefined;
  /** @default false */
  isSubmitting?: boolean | undefined;
  /** Why the last submit failed. */
  error?: string | undefined;
  /** Server time in Unix seconds. @default the clock of the browser */
  now?: number | undefined;
}

const asJson = (reason: string): string => JSON.stringify({ denied: true, reason });

/**
 * All calls that a run waits for, each with its form, and one submit for all of them. Nothing while the run waits for
 * nothing. Element: section. `data-ready`, `data-total`, `data-expired`.
 */
export function ToolOutputs({
  run,
  onSubmit,
  denial = asJson,
  drafts,
  onDraftChange,
  isSubmitting = false,
  error,
  now: given,
  ...props
}: ToolOutputsProps): ReactElement | null {
  const texts = useTexts();
  const format = useFormat();
  const calls = run.status === 'requires_action' ? (run.required_action?.submit_tool_outputs.tool_calls ?? []) : [];
  const now = useNow(calls.length > 0, given);
  const [outputs, setOutputs] = useState<ReadonlyMap<string, string>>(new Map());
  const [reopened, setReopened] = useState<ReadonlyMap<string, string>>(new Map());
  if (calls.length === 0) return null;

  const expiresAt = run.expires_at ?? undefined;
  const isExpired = expiresAt !== undefined && now >= expiresAt;
  const ready = calls.filter((call) => outputs.has(call.id)).length;
  const [only] = calls.length === 1 ? calls : [];

  const keep = (call: RunToolCall, output: string): void => {
    if (isExpired) return;
    if (only !== undefined) onSubmit([{ tool_call_id: call.id, output }]);
    else setOutputs(new Map(outputs).set(call.id, output));
  };
  const reopen = (call: RunToolCall): void => {
    setReopened(new Map(reopened).set(call.id, outputs.get(call.id) ?? ''));
    const rest = new Map(outputs);
    rest.delete(call.id);
    setOutputs(rest);
  };

  const children = (
    <>
      <header data-part="tool-outputs-header">
        <span>{texts.tools.pending(format.number(calls.length), calls.length)}</span>
        {expiresAt !== undefined && !isExpired && (
          <span data-part="run-status-expiry" data-urgent={expiresAt - now <= 60 ? '' : undefined}>
            {texts.run.expiresIn(format.duration(expiresAt - now))}
          </span>
        )}
      </header>
      {isExpired && (
        <p data-part="field-error" role="alert">
          {texts.tools.expired}
        </p>
      )}
      {calls.map((call) =>
        outputs.has(call.id) ? (
          <div key={call.id} data-part="tool-ready">
            <Check aria-hidden size={16} strokeWidth={1.5} />
            <bdi>{call.function.name}</bdi>
            <span data-part="muted">{texts.tools.isReady}</span>
            <Button variant="quiet" disabled={isSubmitting} onClick={() => reopen(call)}>
              {texts.tools.change}
            </Button>
          </div>
        ) : (
          <ToolOutputForm
            key={call.id}
            call={call}
            initialOutput={reopened.get(call.id) ?? drafts?.[call.id]}
            onSubmit={(output) => keep(call, output)}
            onDeny={(reason) => keep(call, denial(reason, call))}
            onDraftChange={(output) => onDraftChange?.(call.id, output)}
            isSubmitting={isSubmitting}
            error={only === undefined ? undefined : error}
            isOneOfMany={only === undefined}
            isClosed={isExpired}
          />
        ),
      )}
      {only === undefined && (
        <footer data-part="tool-outputs-footer">
          <output>{texts.tools.ready(format.number(ready), format.number(calls.length), ready)}</output>
          <Button
            variant="primary"
            disabled={ready < calls.length || isSubmitting || isExpired}
            onClick={() => onSubmit(calls.map((call) => ({ tool_call_id: call.id, output: outputs.get(call.id) ?? '' })))}
          >
            {isSubmitting ? texts.tools.submitting : texts.tools.submitAll(format.number(calls.length), calls.length)}
          </Button>
          {error !== undefined && (
            <p data-part="field-error" role="alert" dir="auto">
              {error}
            </p>
          )}
        </footer>
      )}
    </>
  );
  const own = { children, 'aria-label': texts.tools.pending(format.number(calls.length), calls.length) };
  return createPart({ tag: 'section', name: 'tool-outputs', state: { ready, total: calls.length, expired: isExpired }, own }, props);
}
