import { createElement, type ReactElement } from 'react';
import { readServerTool } from '../../protocol/serverTool.js';
import { readErrorOutput } from '../../protocol/toolOutput.js';
import type { FunctionToolCall, RunStep, RunStepToolCall } from '../../protocol/types.js';
import type { ComponentTexts } from '../i18n/ComponentTexts.js';
import { labelFor } from '../i18n/labelFor.js';
import { CircleHelp, Code, MessageSquareText, Search, Wrench } from '../icons.lazy.js';
import { getArgumentsSummary } from '../tools/getArgumentsSummary.js';
import { getShownTool, type ToolDisplay } from '../tools/ToolDisplay.js';
import { ToolIcon } from '../tools/ToolTitle.js';
import { truncate } from '../truncate.js';

/** Icon and name of a row for a step or a call. */
export interface StepSummary {
  icon: ReactElement;
  name: string;
  /** First arguments of a call. */
  detail?: string;
  /** Outcome of a call whose output is an error. The step itself is completed. */
  outcome?: 'denied' | 'failed' | undefined;
}

/** Returns icon and name of a step that has no tool calls, or not yet. */
export function getStepSummary(step: RunStep, texts: ComponentTexts): StepSummary {
  const type: string = step.step_details?.type ?? '';
  switch (type) {
    case 'message_creation':
      return {
        icon: createElement(MessageSquareText),
        name: step.status === 'in_progress' ? texts.run.writing : texts.steps.wroteMessage,
      };
    case 'tool_calls':
      return { icon: createElement(Wrench), name: texts.run.status.in_progress };
    default:
      // Servers may add types.
      return { icon: createElement(CircleHelp), name: texts.steps.unknown };
  }
}

/** Returns icon and name of a tool call. */
export function getCallSummary(
  call: RunStepToolCall,
  texts: ComponentTexts,
  tools: readonly ToolDisplay[],
): StepSummary {
  switch (call.type) {
    case 'function': {
      const { title, hasTitle, icon } = getShownTool(tools, call.function.name);
      return {
        icon: createElement(ToolIcon, { icon }),
        name: hasTitle ? title : texts.steps.called(title),
        detail: getArgumentsSummary(call.function.arguments),
        outcome: getOutcome(call),
      };
    }
    case 'code_interpreter':
      return { icon: createElement(Code), name: texts.steps.ranCode };
    case 'retrieval':
    case 'file_search':
      return { icon: createElement(Search), name: texts.steps.searchedFiles };
    case 'web_search':
      return {
        icon: createElement(Search),
        name: texts.steps.searchedWeb,
        detail: truncate(call.web_search?.query ?? call.web_search?.url ?? ''),
      };
    default:
      return getOtherCallSummary(call, texts);
  }
}

/** Returns icon and name of a call of a type that the contract does not have: of a server's function, or of a new type. */
function getOtherCallSummary(call: object, texts: ComponentTexts): StepSummary {
  const serverTool = readServerTool(call);
  if (!serverTool) return { icon: createElement(CircleHelp), name: texts.steps.unknown };
  const { server, name } = serverTool;
  return {
    icon: createElement(ToolIcon, { icon: undefined }),
    name: texts.steps.called(`${truncate(server)}: ${truncate(name)}`),
  };
}

/** Returns the words for the status of a step, or for the outcome of a call whose output is an error. */
export function getStatusText(
  step: RunStep,
  outcome: StepSummary['outcome'],
  { steps, tools }: ComponentTexts,
): string {
  return outcome === undefined
    ? labelFor(steps.status, step.status, steps.status.unknown)
    : tools.state[outcome];
}

function getOutcome({ function: { output } }: FunctionToolCall): StepSummary['outcome'] {
  const error = typeof output === 'string' ? readErrorOutput(output) : undefined;
  if (error === undefined) return undefined;
  return error.code === 'denied' ? 'denied' : 'failed';
}
