import {
  AssistantCard,
  AssistantForm,
  DaySeparator,
  FileChip,
  FileList,
  Message,
  MessageActions,
  MessageAttachments,
  MessageEditor,
  MessageImage,
  MessageList,
  MessageRefusal,
  MessageText,
  getMessageText,
  Reasoning,
  RunStatus,
  RunSteps,
  ToolApproval,
  ToolCallCard,
  ToolOutputForm,
  ToolOutputs,
  ToolResult,
  ArgumentsTable,
  UnknownContent,
  type MessageObject,
  type Run,
  type RunStep,
  type RunToolCall,
  type ToolCall,
  type Assistant,
  type FileObject,
} from 'assistants-react';
import type { ReactElement } from 'react';
import { toolCallsView } from '../../stories/fixtures.js';

const ignore = (): undefined => undefined;
const files = { resolveFile: () => ({ name: 'notes.txt' }), onDownload: ignore };

/** Objects of a server, as the client returns them. */
export interface WireObjects {
  message: MessageObject;
  run: Run;
  step: RunStep;
  assistant: Assistant;
  file: FileObject;
}

export type ObjectKind = keyof WireObjects;

const toCall = ({ id, function: { name, arguments: argumentsText } }: RunToolCall): ToolCall => ({
  id,
  name,
  argumentsText,
  state: 'needs-approval',
  schema: undefined,
});

const renderCall = (call: RunToolCall): ReactElement => (
  <div key={call.id}>
    <ToolApproval call={call} onApprove={ignore} onDeny={ignore} />
    <ToolOutputForm call={call} onSubmit={ignore} onDeny={ignore} />
    <ToolCallCard call={toCall(call)} actions={toolCallsView([])} />
    <ArgumentsTable argumentsText={call.function.arguments} />
  </div>
);

const renderPart = (part: MessageObject['content'][number], key: number): ReactElement | null => {
  switch (part.type) {
    case 'text':
      return <MessageText key={key} text={part.text} {...files} />;
    case 'refusal':
      return <MessageRefusal key={key} refusal={part.refusal} />;
    case 'image_file':
      return <MessageImage key={key} fileId={part.image_file.file_id} />;
    case 'image_url':
      return <MessageImage key={key} url={part.image_url.url} />;
    default:
      // Servers may add types.
      return <UnknownContent key={key} type={(part as { type: string }).type} />;
  }
};

const renderOutput = (step: RunStep): ReactElement[] =>
  step.step_details.type === 'tool_calls'
    ? step.step_details.tool_calls.flatMap((call) =>
        call.type === 'function' && call.function.output
          ? [<ToolResult key={call.id} output={call.function.output} />]
          : [],
      )
    : [];

/** Renders the components that show an object of a kind. */
export const renderers: { [Kind in ObjectKind]: (object: WireObjects[Kind]) => ReactElement } = {
  message: (message) => (
    <>
      <Message message={message} {...files} />
      <Message message={message} isStreaming />
      <MessageList rows={[{ key: message.id, message }]} />
      <MessageActions message={message} onEdit={ignore} onRegenerate={ignore} />
      <MessageAttachments message={message} {...files} />
      <MessageEditor text={getMessageText(message)} onSave={ignore} onCancel={ignore} />
      <DaySeparator day={message.created_at} />
      {message.content.map(renderPart)}
    </>
  ),
  run: (run) => {
    const calls = run.required_action?.submit_tool_outputs?.tool_calls ?? [];
    return (
      <>
        <RunStatus run={run} onCancel={ignore} onRetry={ignore} />
        <ToolOutputs toolCalls={toolCallsView(calls.map(toCall))} expiresAt={run.expires_at} />
        {calls.map(renderCall)}
      </>
    );
  },
  step: (step) => (
    <>
      <RunSteps steps={[step]} resolveFile={files.resolveFile} open />
      <Reasoning text={step.reasoning?.text} durationMs={step.reasoning?.duration_ms} open />
      {renderOutput(step)}
    </>
  ),
  assistant: (assistant) => (
    <>
      <AssistantCard assistant={assistant} />
      <AssistantForm assistant={assistant} onSubmit={ignore} />
    </>
  ),
  file: (file) => (
    <>
      <FileChip name={file.filename} size={file.bytes} />
      <FileList files={[file]} onRemove={ignore} onDownload={ignore} />
    </>
  ),
};
