'use client';
import { useId, useState, type ReactElement } from 'react';
import { toAssistantsError } from '../../client/errors.js';
import { ToolOutputs, type ToolOutputsProps } from '../../components/tools/ToolOutputs.js';
import { submitToolOutputs } from '../../hooks/useConversation.js';
import { useConversationState } from '../../hooks/useConversationStore.js';
import { useFollowedRun } from '../../hooks/useFollowedRun.js';
import type { ToolOutput } from '../../protocol/types.js';
import { useThreadConversation } from './ThreadContext.js';
import { useFocusHandover } from './useFocusHandover.js';

/**
 * The calls that the run waits for, each with a form for its output. Nothing while it waits for none. Takes the focus from an
 * empty composer, and gives it back. Element: section, a `ToolOutputs`. Source: submitToolOuputsToRun.
 */
export function ThreadToolOutputs(props: Omit<ToolOutputsProps, 'run' | 'onSubmit'>): ReactElement | null {
  const conversation = useThreadConversation();
  const { followed } = useConversationState(conversation);
  const run = useFollowedRun(followed, (state) => state.run);
  const [submit, setSubmit] = useState<{ runId: string; isSubmitting: boolean; error?: string }>();
  if (run?.status !== 'requires_action') return null;

  const onSubmit = (outputs: ToolOutput[]) => {
    const runId = run.id;
    setSubmit({ runId, isSubmitting: true });
    submitToolOutputs(conversation, outputs).then(
      () => setSubmit(undefined),
      (error: unknown) => setSubmit({ runId, isSubmitting: false, error: toAssistantsError(error).message }),
    );
  };
  const own = submit?.runId === run.id ? submit : undefined;
  // By its calls: a run that comes back for more gets fresh forms.
  const key = run.required_action?.submit_tool_outputs.tool_calls.map(({ id }) => id).join();
  return <PendingCalls key={key} run={run} onSubmit={onSubmit} isSubmitting={own?.isSubmitting} error={own?.error} {...props} />;
}

function PendingCalls(props: ToolOutputsProps): ReactElement | null {
  const id = useId();
  useFocusHandover(props.id ?? id);
  return <ToolOutputs id={id} {...props} />;
}
