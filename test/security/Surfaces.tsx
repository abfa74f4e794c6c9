import {
  ArgumentsTable,
  AssistantCard,
  AssistantForm,
  ComponentsProvider,
  EmptyState,
  ErrorNotice,
  FileChip,
  Message,
  RunStatus,
  RunSteps,
  ToolOutputs,
  type ToolCalls,
  type ToolCall,
} from 'assistants-react';
import { HighlightedCodeBlock } from 'assistants-react/highlight';
import { MathMarkdown } from 'assistants-react/math';
import type { ReactElement } from 'react';
import { assistant, message, noon, run, step, toolCallsView } from '../../stories/fixtures.js';

/** Parts of the interface that render text of models, users and servers. */
export const surfaces: Readonly<Record<string, (text: string) => ReactElement>> = {
  'message text': (text) => (
    <>
      <Message message={message({ text })} />
      <Message message={message({ text })} isStreaming />
      <Message message={message({ text, role: 'user' })} />
      <Message message={message({ content: [{ type: 'refusal', refusal: text }] })} />
      <Message
        message={message({
          content: [{ type: 'image_url', image_url: { url: text, detail: 'auto' } }],
        })}
      />
    </>
  ),
  citations: (text) => (
    <Message
      message={message({
        content: [
          {
            type: 'text',
            text: {
              value: `As it says ${text} and 【4:0†source】 with sandbox:/mnt/data/x.`,
              annotations: [
                {
                  type: 'file_citation',
                  text,
                  start_index: 11,
                  end_index: 11 + text.length,
                  file_citation: { file_id: 'file_1', quote: text },
                },
                {
                  type: 'file_citation',
                  text: '【4:0†source】',
                  start_index: 0,
                  end_index: 0,
                  file_citation: { file_id: 'file_2', quote: text },
                },
                {
                  type: 'file_path',
                  text: 'sandbox:/mnt/data/x',
                  start_index: 0,
                  end_index: 0,
                  file_path: { file_id: 'file_3' },
                },
              ],
            },
          },
        ],
      })}
      resolveFile={() => ({ name: text })}
      onDownload={() => undefined}
    />
  ),
  'file names': (text) => (
    <>
      <FileChip name={text} status="failed" onRemove={() => undefined} onRetry={() => undefined} />
      <FileChip name={text} onDownload={() => undefined} />
      <Message
        message={message({
          content: [{ type: 'image_file', image_file: { file_id: 'file_1', detail: 'auto' } }],
          file_ids: ['file_1'],
        })}
        resolveFile={() => ({ name: text })}
        onDownload={() => undefined}
      />
    </>
  ),
  tools: (text) => (
    <>
      <ToolOutputs toolCalls={hostileCalls(text)} expiresAt={noon + 60} now={noon} />
      <RunSteps
        now={noon}
        open
        steps={[
          step({
            type: 'tool_calls',
            tool_calls: [
              {
                id: 'call_1',
                type: 'function',
                function: { name: text, arguments: text, output: text },
              },
              {
                id: 'call_2',
                type: 'code_interpreter',
                code_interpreter: { input: text, outputs: [{ type: 'logs', logs: text }] },
              },
            ],
          }),
        ]}
      />
      <ArgumentsTable argumentsText={text} />
      <ArgumentsTable
        argumentsText={JSON.stringify({ [text]: text, list: [text], deep: { [text]: [text] } })}
      />
    </>
  ),
  errors: (text) => (
    <>
      <ErrorNotice error={{ message: text, title: text, requestId: text }} />
      <RunStatus
        run={run({ status: 'failed', last_error: { code: 'server_error', message: text } })}
        now={noon}
      />
    </>
  ),
  titles: (text) => (
    <>
      <AssistantCard
        assistant={assistant({ name: text, description: text, model: text })}
        onSelect={() => undefined}
      />
      <AssistantForm
        assistant={assistant({ name: text, description: text, instructions: text })}
        error={text}
        onSubmit={() => undefined}
      />
      <EmptyState heading={text} description={text} suggestions={[text]} />
    </>
  ),
};

const ran = (text: string) => (
  <RunSteps
    now={noon}
    open
    steps={[
      step({
        type: 'tool_calls',
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'a', arguments: '{}', output: text },
          },
        ],
      }),
    ]}
  />
);
const one = { id: 'a', name: 'a', argumentsText: '{}' };
const oneCall = (call: ToolCall) => <ToolOutputs toolCalls={toolCallsView([call])} now={noon} />;

const PLUGINS = { CodeBlock: HighlightedCodeBlock, Markdown: MathMarkdown };

/** Renders a message with the math and highlight plug-ins. */
export function WithPlugins({ text }: { text: string }): ReactElement {
  return (
    <ComponentsProvider components={PLUGINS}>
      <Message message={message({ text })} />
    </ComponentsProvider>
  );
}

/** Parts of the interface that render a single text of any length. */
export const longSurfaces: Readonly<Record<string, (text: string) => ReactElement>> = {
  'a message': (text) => <Message message={message({ text })} />,
  'a message of the user': (text) => <Message message={message({ text, role: 'user' })} />,
  'a refusal': (text) => (
    <Message message={message({ content: [{ type: 'refusal', refusal: text }] })} />
  ),
  'a citation': (text) => surfaces['citations']?.(text) ?? <></>,
  'a file name': (text) => surfaces['file names']?.(text) ?? <></>,
  arguments: (text) => <ArgumentsTable argumentsText={text} />,
  'arguments that stream': (text) =>
    oneCall({ ...one, state: 'streaming-args', argumentsText: text }),
  'arguments to approve': (text) =>
    oneCall({ ...one, state: 'needs-approval', argumentsText: text, schema: undefined }),
  'a question': (text) =>
    oneCall({ ...one, state: 'needs-answer', schema: undefined, question: text }),
  'an output': ran,
  'code and its logs': (text) => (
    <RunSteps
      now={noon}
      open
      steps={[
        step({
          type: 'tool_calls',
          tool_calls: [
            {
              id: 'call_2',
              type: 'code_interpreter',
              code_interpreter: { input: text, outputs: [{ type: 'logs', logs: text }] },
            },
          ],
        }),
      ]}
    />
  ),
  'a failed call': (text) =>
    oneCall({ ...one, state: 'failed', output: text, error: { code: 'failed', message: text } }),
  'a name of a function': (text) =>
    oneCall({ ...one, name: text, state: 'needs-output', schema: undefined, draft: undefined }),
  'an error': (text) => surfaces['errors']?.(text) ?? <></>,
  'formulas and colours': (text) => <WithPlugins text={text} />,
  'an assistant': (text) => (
    <AssistantCard
      assistant={assistant({ name: text, description: text, model: text })}
      onSelect={() => undefined}
    />
  ),
};

const FORBIDDEN = new Set([
  'script',
  'iframe',
  'frame',
  'object',
  'embed',
  'applet',
  'style',
  'link',
  'meta',
  'base',
  'template',
  'video',
  'audio',
  'source',
  'track',
  'portal',
  'fencedframe',
  'math',
  'marquee',
  'dialog',
  'use',
  'image',
  'foreignobject',
  'animate',
]);

/** Lists the elements and attributes that hostile text has injected. Empty if there are none. */
export function findInjections(root: ParentNode): string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(isInjectedElement(element) ? [`<${element.localName}>`] : []),
    ...[...element.attributes]
      .filter(isInjectedAttribute)
      .map(({ name, value }) => `${name}=${value}`),
  ]);
}

function isInjectedElement(element: Element): boolean {
  if (element.localName === 'svg') return !element.hasAttribute('data-icon');
  const isInFormula = element.parentElement?.dataset['part'] === 'formula';
  return FORBIDDEN.has(element.localName.toLowerCase()) && !isInFormula;
}

const LOADING_ATTRIBUTES = new Set(['src', 'srcset', 'poster', 'background', 'ping']);

function isInjectedAttribute({ name, value }: Attr): boolean {
  if (name.startsWith('on') || name === 'srcdoc' || name === 'formaction') return true;
  if (LOADING_ATTRIBUTES.has(name)) return !value.startsWith('blob:');
  if (name === 'href') return !/^(?:https?:\/\/[^/@\\]+(?:[/?#]|$)|mailto:)/.test(value);
  if (name === 'target') return value !== '_blank';
  // React generates our ids. An id from a text could shadow a property of the document (DOM clobbering).
  if (name === 'id' || name === 'name') return !/^_r_\w+_/.test(value) && value in document;
  return false;
}

/** Returns a call in every state, with the text in every field. */
function hostileCalls(text: string): ToolCalls {
  const call = { name: text, argumentsText: text, problem: text, isRestored: true };
  const failed = {
    ...call,
    id: 'd',
    state: 'failed',
    output: text,
    error: { code: 'failed', message: text },
  } as const;
  return toolCallsView(
    [
      { ...call, id: 'a', state: 'streaming-args' },
      { ...call, id: 'b', state: 'needs-approval', schema: undefined },
      { ...call, id: 'c', state: 'needs-output', schema: undefined, draft: { text } },
      failed,
      {
        ...call,
        id: 'e',
        state: 'needs-answer',
        schema: { title: text, description: text },
        question: text,
      },
      { ...call, id: 'f', state: 'denied', output: text, reason: text },
      { ...call, id: 'g', state: 'done', output: text },
    ],
    { error: { message: text }, notice: { reason: 'expired', calls: [failed] } },
  );
}
