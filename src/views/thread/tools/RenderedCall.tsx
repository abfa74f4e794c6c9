'use client';
import type { ReactElement, ReactNode } from 'react';
import { ErrorBoundary } from '../../../components/ErrorBoundary.js';
import { readArguments } from '../../../components/tools/readArguments.js';
import type { Tool } from '../../../hooks/defineTool.js';
import type { ToolCall, ToolCallActions } from '../../../protocol/ToolCall.js';

interface RenderedCallProps {
  call: ToolCall;
  tool: Tool;
  actions: ToolCallActions;
  /** Default rendering, which also replaces a `render` that throws. */
  children: ReactNode;
}

/** Renders a call with the `render` function of its tool. A component for each call, so that `render` may use hooks. */
export function RenderedCall(props: RenderedCallProps): ReactElement {
  return (
    <ErrorBoundary resetKey={props.call.state} fallback={props.children}>
      <ToolRender {...props} />
    </ErrorBoundary>
  );
}

function ToolRender({ call, tool, actions, children }: RenderedCallProps): ReactNode {
  const { id, input } = call;
  return tool.render?.({
    call,
    input,
    partialInput: getPartialInput(call),
    approve: () => void actions.approve(id),
    deny: (reason) => actions.deny(id, reason),
    provide: (value) => void actions.provide(id, { value }),
    children,
  });
}

function getPartialInput({ argumentsText, state }: ToolCall): unknown {
  const read = readArguments(argumentsText, state === 'streaming-args');
  if (read.kind === 'fields') return Object.fromEntries(read.fields);
  return read.kind === 'value' ? read.value : undefined;
}
