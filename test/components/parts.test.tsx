import * as all from 'assistants-react';
import type { MessageRootProps } from 'assistants-react';
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
import { RunProblem } from '../../src/components/run/RunProblem.js';
import { RunStatusLine } from '../../src/components/run/RunStatusLine.js';
import { describePart } from './describePart.js';

type UntypedComponent = ComponentType<Record<string, unknown>>;

/** Wraps a part that must be inside a composer. */
const inComposer = (part: UntypedComponent): UntypedComponent =>
  function InComposer(props): ReactElement {
    return (
      <all.ComposerForm onSend={noop} attachments="notes.txt">
        {createElement(part, props)}
      </all.ComposerForm>
    );
  };

/** Wraps a part that must be inside the form of an assistant. */
const inAssistantForm = (part: UntypedComponent): UntypedComponent =>
  function InAssistantForm(props): ReactElement {
    return <all.AssistantForm onSubmit={noop}>{createElement(part, props)}</all.AssistantForm>;
  };

/** Wraps a part that must be inside a message. */
const inMessage = (
  part: UntypedComponent,
  rootProps: Partial<MessageRootProps> = {},
): UntypedComponent =>
  function InMessage(props): ReactElement {
    return (
      <all.Message.Root message={message()} {...rootProps}>
        {createElement(part, props)}
      </all.Message.Root>
    );
  };

/** Removes the type of a component's props. Each case below passes the required props. */
const untyped = <Props,>(component: ComponentType<Props>): UntypedComponent =>
  function Untyped(props) {
    return createElement(component as UntypedComponent, props);
  };

const url = new URL('https://example.org/');

describePart({
  part: 'message',
  tag: 'article',
  component: untyped(all.Message),
  props: { message: message() },
  data: { role: 'assistant', status: 'completed', group: 'single' },
});
describePart({
  part: 'message-list',
  tag: 'div',
  component: untyped(all.MessageList),
  props: { rows: [{ key: 'a', message: message() }] },
});
describePart({
  part: 'reasoning',
  tag: 'details',
  component: untyped(all.Reasoning),
  props: { text: 'I think.', isStreaming: true },
  data: { streaming: '' },
});
describePart({
  part: 'message-text',
  tag: 'div',
  component: untyped(all.MessageText),
  props: { text: { value: 'Hi', annotations: [] } },
  data: { format: 'markdown' },
});
describePart({
  part: 'message-refusal',
  tag: 'div',
  component: untyped(all.MessageRefusal),
  props: { refusal: 'No.' },
});
describePart({
  part: 'message-image',
  tag: 'figure',
  component: untyped(all.MessageImage),
  props: { fileId: 'file-1' },
  data: { state: 'missing' },
});
describePart({
  part: 'message-actions',
  tag: 'div',
  component: untyped(all.MessageActions),
  props: { message: message() },
});
describePart({
  part: 'message-editor',
  tag: 'form',
  component: untyped(all.MessageEditor),
  props: { text: 'a', onSave: noop, onCancel: noop },
});
describePart({
  part: 'message',
  tag: 'article',
  component: untyped(all.Message.Root),
  props: { message: message(), isStreaming: true, delivery: 'sending', group: 'first' },
  data: { role: 'assistant', streaming: '', delivery: 'sending', group: 'first' },
});
describePart({
  part: 'message-avatar',
  tag: 'div',
  component: untyped(all.Message.Avatar),
  props: {},
});
describePart({
  part: 'message-body',
  tag: 'div',
  component: untyped(all.Message.Body),
  props: {},
});
describePart({
  part: 'caret',
  tag: 'p',
  component: inMessage(untyped(all.Message.Caret), {
    message: message({ content: [] }),
    isStreaming: true,
  }),
  props: {},
});
describePart({
  part: 'message-incomplete',
  tag: 'p',
  component: inMessage(untyped(all.Message.Incomplete), {
    message: message({ status: 'incomplete' }),
  }),
  props: {},
});
describePart({
  part: 'message-footer',
  tag: 'footer',
  component: untyped(all.Message.Footer),
  props: {},
});
describePart({
  part: 'message-time',
  tag: 'time',
  component: inMessage(untyped(all.Message.Time)),
  props: {},
});
describePart({
  part: 'message-delivery',
  tag: 'span',
  component: inMessage(untyped(all.Message.Delivery), { delivery: 'sending' }),
  props: {},
});
describePart({
  part: 'message-feedback',
  tag: 'div',
  component: untyped(all.Message.Feedback),
  props: { onFeedback: noop },
});
describePart({
  part: 'message-actions',
  tag: 'div',
  component: inMessage(untyped(all.Message.Actions)),
  props: {},
});
describePart({
  part: 'attachments',
  tag: 'ul',
  component: inMessage(untyped(all.Message.Attachments), {
    message: message({ file_ids: ['file-1'] }),
  }),
  props: {},
});
describePart({
  part: 'attachments',
  tag: 'ul',
  component: untyped(all.MessageAttachments),
  props: { message: message({ file_ids: ['file-1'] }) },
});
describePart({
  part: 'placeholder',
  tag: 'p',
  component: untyped(all.UnknownContent),
  props: { type: 'audio' },
  data: { type: 'audio' },
});
describePart({
  part: 'day-separator',
  tag: 'div',
  component: untyped(all.DaySeparator),
  props: { day: noon },
});
describePart({
  part: 'markdown',
  tag: 'div',
  component: untyped(all.Markdown),
  props: { text: 'Hi', isStreaming: true },
  data: { streaming: '' },
});
describePart({
  part: 'code-block',
  tag: 'figure',
  component: untyped(all.CodeBlock),
  props: { code: 'x', language: 'ts' },
  data: { language: 'ts' },
});
describePart({
  part: 'link',
  tag: 'a',
  component: untyped(all.MarkdownLink),
  props: { url, children: 'there' },
});
describePart({
  part: 'image',
  tag: 'span',
  component: untyped(all.MarkdownImage),
  props: { url, alt: '' },
  data: { state: 'waiting' },
});
describePart({
  part: 'button',
  tag: 'button',
  component: untyped(all.Button),
  props: { variant: 'quiet' },
  data: { variant: 'quiet' },
});
describePart({
  part: 'button',
  tag: 'button',
  component: untyped(all.IconButton),
  props: { label: 'Edit' },
  data: { variant: 'icon' },
});
describePart({
  part: 'run-status',
  tag: 'div',
  component: untyped(all.RunStatus),
  props: { run: run(), now: noon },
  data: { status: 'in_progress' },
});
describePart({
  part: 'run-status',
  tag: 'div',
  component: untyped(all.RunStatus),
  props: { run: run({ status: 'failed' }), now: noon },
  data: { status: 'failed', settled: '' },
});
describePart({
  part: 'run-status-line',
  tag: 'div',
  component: untyped(RunStatusLine),
  props: { run: run(), now: noon },
});
describePart({
  part: 'run-problem',
  tag: 'div',
  component: untyped(RunProblem),
  props: { run: run({ status: 'failed' }) },
});
describePart({
  part: 'run-steps',
  tag: 'details',
  component: untyped(all.RunSteps),
  props: {
    steps: [step({ type: 'message_creation', message_creation: { message_id: 'msg_1' } })],
    now: noon,
  },
});
describePart({
  part: 'run-timeline',
  tag: 'div',
  component: untyped(all.RunTimeline),
  props: { run: run(), steps: [], now: noon },
});
describePart({
  part: 'announcer',
  tag: 'div',
  component: untyped(all.Announcer),
  props: { isAnswering: false },
});
describePart({
  part: 'arguments',
  tag: 'div',
  component: untyped(all.ArgumentsTable),
  props: { argumentsText: '{"a":1}' },
  data: { kind: 'fields' },
});
describePart({
  part: 'tool-output-form',
  tag: 'form',
  component: untyped(all.ToolOutputForm),
  props: { call: toolCall(), onSubmit: noop },
  data: { mode: 'text' },
});
describePart({
  part: 'tool-outputs',
  tag: 'section',
  component: untyped(all.ToolOutputs),
  props: { toolCalls: toolCallsView([waitingCall()]), now: noon },
  data: { total: '1', ready: '0' },
});
describePart({
  part: 'tool-approval',
  tag: 'form',
  component: untyped(all.ToolApproval),
  props: { call: toolCall(), onApprove: noop, onDeny: noop },
});
describePart({
  part: 'tool-call',
  tag: 'div',
  component: untyped(all.ToolCallCard),
  props: { call: waitingCall(), actions: toolCallsView([]) },
  data: { state: 'needs-output' },
});
describePart({
  part: 'tool-result',
  tag: 'div',
  component: untyped(all.ToolResult),
  props: { output: '{"a":1}' },
  data: { kind: 'fields' },
});
describePart({
  part: 'composer',
  tag: 'form',
  component: untyped(all.ComposerForm),
  props: { onSend: noop },
  data: { empty: '' },
});
describePart({
  part: 'composer-attachments',
  tag: 'div',
  component: inComposer(untyped(all.ComposerAttachments)),
  props: {},
});
describePart({
  part: 'composer-input',
  tag: 'textarea',
  component: inComposer(untyped(all.ComposerInput)),
  props: {},
});
describePart({
  part: 'composer-hint',
  tag: 'p',
  component: inComposer(untyped(all.ComposerHint)),
  props: {},
  data: { tone: 'quiet' },
});
describePart({
  part: 'error-notice',
  tag: 'div',
  component: untyped(all.ErrorNotice),
  props: { error: { message: 'x', kind: 'network' } },
  data: { kind: 'network', reason: 'network' },
});
describePart({ part: 'empty-state', tag: 'div', component: untyped(all.EmptyState), props: {} });
describePart({
  part: 'load-older',
  tag: 'div',
  component: untyped(all.LoadOlder),
  props: { hasOlder: true, isLoading: true, onLoad: noop },
  data: { loading: '' },
});
describePart({
  part: 'load-more',
  tag: 'div',
  component: untyped(all.LoadMore),
  props: { hasMore: true, isLoading: true, onLoad: noop },
  data: { loading: '' },
});
describePart({
  part: 'loading',
  tag: 'div',
  component: untyped(all.Loading),
  props: { delayMs: 0 },
});
describePart({
  part: 'file-chip',
  tag: 'span',
  component: untyped(all.FileChip),
  props: { name: 'a.txt', status: 'failed' },
  data: { status: 'failed' },
});
describePart({
  part: 'file-row',
  tag: 'li',
  component: untyped(all.FileRow),
  props: { name: 'a.txt', size: 1, createdAt: noon, isDeleted: true },
  data: { deleted: '' },
});
describePart({
  part: 'file-list',
  tag: 'ul',
  component: untyped(all.FileList),
  props: { files: [] },
});
describePart({
  part: 'assistant-card',
  tag: 'article',
  component: untyped(all.AssistantCard),
  props: { assistant: assistant(), isSelected: true },
  data: { selected: '' },
});
describePart({
  part: 'assistant-form',
  tag: 'form',
  component: untyped(all.AssistantForm),
  props: { onSubmit: noop, isSubmitting: true },
  data: { submitting: '' },
});
describePart({
  part: 'assistant-field',
  tag: 'div',
  component: inAssistantForm(untyped(all.AssistantField)),
  props: { name: 'model' },
  data: { name: 'model' },
});
describePart({
  part: 'button',
  tag: 'button',
  component: untyped(all.AssistantCombobox),
  props: { assistants: [assistant()], onSelect: noop },
  data: { variant: 'quiet' },
});
describePart({
  part: 'button',
  tag: 'button',
  component: untyped(all.MenuButton),
  props: { 'aria-label': 'More', items: [] },
  data: { variant: 'icon' },
});
