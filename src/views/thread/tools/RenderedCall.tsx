'use client';
import type { ReactElement, ReactNode } from 'react';
import { TextBoundary } from '../../../components/markdown/TextBoundary.js';
import { readArguments } from '../../../components/tools/readArguments.js';
import type { ToolCall } from '../../../core/tools/toolCall.js';
import type { UseToolCallsResult } from '../../../hooks/useToolCalls.js';

interface RenderedCallProps {
  call: ToolCall;
  toolCalls: UseToolCallsResult;
  /** What is shown without the tool's own `render`, and should that throw. */
  own: ReactNode;
}

/** A call as its tool renders it. A component of its own for each call, so that `render` may use hooks. */
export function RenderedCall({ call, toolCalls, own }: RenderedCallProps): ReactElement {
  return (
    <TextBoundary text={call.state} fallback={own}>
      <ByTool call={call} toolCalls={toolCalls} own={own} />
    </TextBoundary>
  );
}

function ByTool({ call, toolCalls, own }: RenderedCallProps): ReactNode {
  const { id, tool, input } = call;
  return tool?.render?.({
    call,
    input,
    partialInput: partialInput(call),
    approve: () => void toolCalls.approve(id),
    deny: (reason) => toolCalls.deny(id, reason),
    provide: (value) => void toolCalls.provide(id, { value }),
    children: own,
  });
}

function partialInput({ argumentsText, state }: ToolCall): unknown {
  const read = readArguments(argumentsText, state === 'streaming-args');
  if (read.kind === 'fields') return Object.fromEntries(read.fields);
  return read.kind === 'value' ? read.value : undefined;
}
