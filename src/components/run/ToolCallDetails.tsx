import type { ReactElement } from 'react';
import type {
  CodeToolCall,
  FileSearchToolCall,
  FunctionToolCall,
  RunStepToolCall,
  WebSearchToolCall,
} from '../../protocol/types.js';
import { TextChunks } from '../markdown/TextChunks.js';
import { useComponents } from '../ComponentsContext.js';
import { formatPercent } from '../i18n/lazyFormats.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { CodeBlock as DefaultCodeBlock } from '../markdown/CodeBlock.js';
import type { FileResolver } from '../file/FileResolver.js';
import { MessageImage } from '../message/MessageImage.js';
import { UnknownContent } from '../message/UnknownContent.js';
import { ArgumentsTable } from '../tools/ArgumentsTable.js';
import { useShownTool } from '../tools/ToolDisplay.js';
import { ToolResult } from '../tools/ToolResult.js';
import { RawText } from '../tools/ValueTable.js';
import { truncate, truncateFileName } from '../truncate.js';
import { asPart } from '../part.js';

/** Props of `ToolCallDetails`. */
export interface ToolCallDetailsProps {
  call: RunStepToolCall;
  resolveFile?: FileResolver | undefined;
}

/** Arguments and result of a tool call, by its type. Unknown types are rendered as a placeholder. */
export function ToolCallDetails({ call, resolveFile }: ToolCallDetailsProps): ReactElement {
  const texts = useCompleteTexts();
  const type: string = call.type;
  switch (call.type) {
    case 'function':
      return <FunctionDetails call={call} />;
    case 'code_interpreter':
      return <CodeDetails call={call} resolveFile={resolveFile} />;
    case 'file_search':
      return <SearchDetails call={call} />;
    case 'web_search':
      return <WebSearchDetails call={call} />;
    case 'retrieval':
      return <p {...asPart('muted')}>{texts.steps.searchedFiles}</p>;
    default:
      // Servers may add types.
      return <UnknownContent type={type} />;
  }
}

function FunctionDetails({ call }: { call: FunctionToolCall }): ReactElement {
  const texts = useCompleteTexts();
  const { name, arguments: argumentsText, output } = call.function;
  const { inputSchema, outputSchema } = useShownTool(name);
  return (
    <>
      <ArgumentsTable argumentsText={argumentsText} schema={inputSchema} />
      {output === null || output === undefined ? (
        <p {...asPart('muted')}>{texts.steps.noOutput}</p>
      ) : (
        <div {...asPart('step-output')}>
          <p {...asPart('caption')}>{texts.steps.output}</p>
          <ToolResult output={output} schema={outputSchema} />
        </div>
      )}
    </>
  );
}

interface CodeDetailsProps {
  call: CodeToolCall;
  resolveFile: FileResolver | undefined;
}

function CodeDetails({ call, resolveFile }: CodeDetailsProps): ReactElement {
  const texts = useCompleteTexts();
  const { CodeBlock = DefaultCodeBlock } = useComponents();
  const { input, outputs } = call.code_interpreter;
  return (
    <>
      <CodeBlock code={input} language="python" />
      {(outputs ?? []).map((output, index) => {
        const type: string = output.type;
        if (output.type === 'logs')
          return <RawText key={index} text={output.logs} label={texts.steps.logs} />;
        if (output.type === 'image')
          return (
            <MessageImage key={index} fileId={output.image.file_id} resolveFile={resolveFile} />
          );
        return <UnknownContent key={index} type={type} />;
      })}
    </>
  );
}

function WebSearchDetails({ call }: { call: WebSearchToolCall }): ReactElement {
  const texts = useCompleteTexts();
  const { query, url } = call.web_search ?? {};
  return (
    <>
      <p {...asPart('muted')}>{texts.steps.searchedWeb}</p>
      {[query, url].map(
        (text, index) =>
          typeof text === 'string' && (
            <p key={index} dir="auto">
              {truncate(text, 600)}
            </p>
          ),
      )}
    </>
  );
}

function SearchDetails({ call }: { call: FileSearchToolCall }): ReactElement {
  const texts = useCompleteTexts();
  const format = useFormat();
  const results = call.file_search?.results ?? [];
  return (
    <>
      <p {...asPart('muted')}>
        {texts.steps.results(format.number(results.length), results.length)}
      </p>
      {results.length > 0 && (
        <ul {...asPart('search-results')}>
          {results.map((result, resultIndex) => (
            <li key={resultIndex}>
              <bdi>{truncateFileName(result.file_name)}</bdi>{' '}
              <span {...asPart('muted')}>
                {texts.steps.score(formatPercent(format, result.score))}
              </span>
              {/* Servers send null for a text that they do not have. */}
              {result.content?.map(({ text }, contentIndex) =>
                typeof text !== 'string' ? null : (
                  <blockquote key={contentIndex} dir="auto">
                    <TextChunks text={text} />
                  </blockquote>
                ),
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
