import { sliceText } from '../../common/sliceText.js';
import { mergeReasoning } from '../../protocol/mergeReasoning.js';
import type { RunStepReasoning, RunStepReasoningDelta } from '../../protocol/types.js';
import type { StepWriter } from './createStepWriter.js';
import type { RunContext } from './RunContext.js';
import type { LiveMemory } from './RunMemory.js';

/** Longest reasoning of a step, in UTF-16 units. The rest is left out. */
export const MAX_REASONING_LENGTH = 65_536;

/** Writes the reasoning of one model response. */
export interface ReasoningWriter {
  /** Appends to the reasoning of the open step, or else of the step that follows. */
  write: (text: string) => void;
  /** Call it when the model does something else. Reasoning may follow nevertheless. */
  pause: () => void;
}

type Delta = RunStepReasoningDelta['delta'];

/**
 * Creates a writer for reasoning. A model reasons before it is known what it does next, so the reasoning waits in the
 * memory of the run for its step, which has an id already. Does nothing if the backend keeps no reasoning.
 */
export function createReasoningWriter(context: RunContext, steps: StepWriter): ReasoningWriter {
  const { memory, now, store } = context;
  function getReasoning(): RunStepReasoning | undefined {
    const open = steps.getOpen();
    return open ? open.step.reasoning : memory.pendingReasoning?.reasoning;
  }

  function apply(delta: Delta): void {
    const reasoning = mergeReasoning(getReasoning(), delta);
    const open = steps.getOpen();
    const stepId = open?.step.id ?? memory.pendingReasoning?.stepId ?? context.generateId('step_');
    if (open === undefined) {
      memory.pendingReasoning = { stepId, reasoning };
    } else {
      open.step = { ...open.step, reasoning };
      store.grow(stepId, { reasoning });
    }
    if (open?.kind === 'message') {
      const shown = { step_id: stepId, duration_ms: reasoning.duration_ms };
      open.message = { ...open.message, reasoning: shown };
      store.grow(open.message.id, { reasoning: shown });
    }
    const data = { id: stepId, object: 'thread.run.step.reasoning.delta', delta } as const;
    context.publish({ event: 'thread.run.step.reasoning.delta', data });
  }

  return {
    write(text) {
      if (text === '' || !context.keepsReasoning) return;
      const known = getReasoning();
      memory.reasoningStartedAtMs ??= now() - (known?.duration_ms ?? 0);
      if (known?.truncated === true) return;
      const kept = sliceText(text, 0, MAX_REASONING_LENGTH - (known?.text.length ?? 0));
      apply({
        text: kept,
        ...(typeof known?.duration_ms === 'number' ? { duration_ms: null } : {}),
        ...(kept === text ? {} : { truncated: true }),
      });
    },
    pause() {
      const durationMs = endReasoning(memory, now());
      if (durationMs !== undefined) apply({ duration_ms: durationMs });
    },
  };
}

/** Ends or pauses the reasoning of a run. Returns its duration in milliseconds, or undefined if the model was not reasoning. */
export function endReasoning(
  memory: Pick<Partial<LiveMemory>, 'reasoningStartedAtMs'>,
  nowMs: number,
): number | undefined {
  const { reasoningStartedAtMs: startedAtMs } = memory;
  memory.reasoningStartedAtMs = undefined;
  return startedAtMs === undefined ? undefined : Math.max(0, Math.round(nowMs - startedAtMs));
}
