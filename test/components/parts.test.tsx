import * as all from 'assistants-react';
import { createElement, type ComponentType, type ReactElement } from 'react';
import { noop } from './noop.js';
import {
  assistant,
  message,
  noon,
  run,
  step,
  toolCall,
  toolCallsView,
  waitingCall,
} from '../../stories/fixtures.js';
import { describePart } from './describePart.js';

const inComposer = (
  part: ComponentType<Record<string, unknown>>,
): ComponentType<Record<string, unknown>> =>
  function InComposer(props): ReactElement {
    return <all.ComposerForm onSend={noop}>{createElement(part, props)}</all.ComposerForm>;
  };

/** A component with its props forgotten: the tests below give each what it needs. */
const loose = <Props,>(component: ComponentType<Props>): ComponentType<Record<string, unknown>> =>
  function Loose(props) {
    // The props are given by hand in each case below.
    return createElement(component as ComponentType<Record<string, unknown>>, props);
  };

const url = new URL('https://example.org/');

describePart({
  part: 'message',
  tag: 'article',
  component: loose(all.Message),
  props: { message: message() },
  data: { role: 'assistant', status: 'completed', group: 'single' },
});
describePart({
  part: 'message-list',
  tag: 'div',
  component: loose(all.MessageList),
  props: { rows: [{ key: 'a', message: message() }] },
});
describePart({
  part: 'message-text',
  tag: 'div',
  component: loose(all.MessageText),
  props: { text: { value: 'Hi', annotations: [] } },
  data: { format: 'markdown' },
});
describePart({
  part: 'message-refusal',
  tag: 'div',
  component: loose(all.MessageRefusal),
  props: { refusal: 'No.' },
});
describePart({
  part: 'message-image',
  tag: 'figure',
  component: loose(all.MessageImage),
  props: { fileId: 'file-1' },
  data: { state: 'missing' },
});
describePart({
  part: 'message-actions',
  tag: 'div',
  component: loose(all.MessageActions),
  props: { message: message() },
});
describePart({
  part: 'message-editor',
  tag: 'form',
  component: loose(all.MessageEditor),
  props: { text: 'a', onSave: noop, onCancel: noop },
});
describePart({
  part: 'attachments',
  tag: 'ul',
  component: loose(all.MessageAttachments),
  props: { message: message({ file_ids: ['file-1'] }) },
});
describePart({
  part: 'placeholder',
  tag: 'p',
  component: loose(all.UnknownContent),
  props: { type: 'audio' },
  data: { type: 'audio' },
});
describePart({
  part: 'day-separator',
  tag: 'div',
  component: loose(all.DaySeparator),
  props: { day: noon },
});
describePart({
  part: 'markdown',
  tag: 'div',
  component: loose(all.Markdown),
  props: { text: 'Hi', isStreaming: true },
  data: { streaming: '' },
});
describePart({
  part: 'code-block',
  tag: 'figure',
  component: loose(all.CodeBlock),
  props: { code: 'x', language: 'ts' },
  data: { language: 'ts' },
});
describePart({
  part: 'link',
  tag: 'a',
  component: loose(all.MarkdownLink),
  props: { url, children: 'there' },
});
describePart({
  part: 'image',
  tag: 'span',
  component: loose(all.MarkdownImage),
  props: { url, alt: '' },
  data: { state: 'waiting' },
});
describePart({
  part: 'button',
  tag: 'button',
  component: loose(all.Button),
  props: { variant: 'quiet' },
  data: { variant: 'quiet' },
});
describePart({
  part: 'run-status',
  tag: 'div',
  component: loose(all.RunStatus),
  props: { run: run(), now: noon },
  data: { status: 'in_progress' },
});
describePart({
  part: 'run-steps',
  tag: 'details',
  component: loose(all.RunSteps),
  props: {
    steps: [step({ type: 'message_creation', message_creation: { message_id: 'msg_1' } })],
    now: noon,
  },
});
describePart({
  part: 'announcer',
  tag: 'div',
  component: loose(all.Announcer),
  props: { isAnswering: false },
});
describePart({
  part: 'arguments',
  tag: 'div',
  component: loose(all.ArgumentsTable),
  props: { argumentsText: '{"a":1}' },
  data: { kind: 'fields' },
});
describePart({
  part: 'tool-output-form',
  tag: 'form',
  component: loose(all.ToolOutputForm),
  props: { call: toolCall(), onSubmit: noop },
  data: { mode: 'text' },
});
describePart({
  part: 'tool-outputs',
  tag: 'section',
  component: loose(all.ToolOutputs),
  props: { toolCalls: toolCallsView([waitingCall()]), now: noon },
  data: { total: '1', ready: '0' },
});
describePart({
  part: 'tool-approval',
  tag: 'form',
  component: loose(all.ToolApproval),
  props: { call: toolCall(), onApprove: noop, onDeny: noop },
});
describePart({
  part: 'tool-call',
  tag: 'div',
  component: loose(all.ToolCallCard),
  props: { call: waitingCall(), actions: toolCallsView([]) },
  data: { state: 'needs-output' },
});
describePart({
  part: 'tool-result',
  tag: 'div',
  component: loose(all.ToolResult),
  props: { output: '{"a":1}' },
  data: { kind: 'fields' },
});
describePart({
  part: 'composer',
  tag: 'form',
  component: loose(all.ComposerForm),
  props: { onSend: noop },
  data: { empty: '' },
});
describePart({
  part: 'composer-input',
  tag: 'textarea',
  component: inComposer(loose(all.ComposerInput)),
  props: {},
});
describePart({
  part: 'composer-hint',
  tag: 'p',
  component: inComposer(loose(all.ComposerHint)),
  props: {},
  data: { tone: 'calm' },
});
describePart({
  part: 'error-notice',
  tag: 'div',
  component: loose(all.ErrorNotice),
  props: { error: { message: 'x', kind: 'network' } },
  data: { kind: 'network', reason: 'network' },
});
describePart({ part: 'empty-state', tag: 'div', component: loose(all.EmptyState), props: {} });
describePart({
  part: 'load-older',
  tag: 'div',
  component: loose(all.LoadOlder),
  props: { hasOlder: true, isLoading: true, onLoad: noop },
  data: { loading: '' },
});
describePart({ part: 'loading', tag: 'div', component: loose(all.Loading), props: { delayMs: 0 } });
describePart({
  part: 'file-chip',
  tag: 'span',
  component: loose(all.FileChip),
  props: { name: 'a.txt', status: 'failed' },
  data: { status: 'failed' },
});
describePart({
  part: 'file-list',
  tag: 'ul',
  component: loose(all.FileList),
  props: { files: [] },
});
describePart({
  part: 'assistant-card',
  tag: 'article',
  component: loose(all.AssistantCard),
  props: { assistant: assistant(), isSelected: true },
  data: { selected: '' },
});
describePart({
  part: 'assistant-form',
  tag: 'form',
  component: loose(all.AssistantForm),
  props: { onSubmit: noop },
});
