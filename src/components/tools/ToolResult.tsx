import { useMemo, type ReactElement, type ReactNode } from 'react';
import { readErrorOutput, type ToolError } from '../../protocol/toolOutput.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { truncate } from '../truncate.js';
import { parseJson } from './parseJson.js';
import { toDisplayValue, type DisplayValue } from './readArguments.js';
import { RawText, ValueTable } from './ValueTable.js';

/** State of `ToolResult`. */
export interface ToolResultState {
  /** `text`, `fields`, `value`, `empty`, or the code of an error. */
  kind: 'text' | DisplayValue['kind'] | ToolError['code'];
}

/** Props of `ToolResult`. */
export interface ToolResultProps extends Omit<PartProps<'div', ToolResultState>, 'children'> {
  /** Output as the server stores it. */
  output: string;
  /** JSON Schema of the result. The titles of its properties are shown in place of their names. */
  schema?: unknown;
}

/** Maximum length of an error message in UTF-16 units. */
const MAX_MESSAGE_LENGTH = 2_000;

/**
 * Output of a function call: a table of the fields of an object, a text, or the explanation of an error or a denial.
 * Element: div. `data-kind`.
 */
export function ToolResult({ output, schema, ...props }: ToolResultProps): ReactElement | null {
  const error = useMemo(() => readErrorOutput(output), [output]);
  const value = useMemo(() => {
    const parsed = parseJson(output);
    return parsed.isValid ? toDisplayValue(parsed.value, output) : undefined;
  }, [output]);
  const state: ToolResultState = { kind: error?.code ?? value?.kind ?? 'text' };
  const children = error ? (
    <Failure error={error} />
  ) : (
    <ResultContent output={output} value={value} schema={schema} />
  );
  return createPart({ tag: 'div', name: 'tool-result', state, defaultProps: { children } }, props);
}

function Failure({ error: { code, message } }: { error: ToolError }): ReactElement {
  const texts = useCompleteTexts();
  const detail = truncate(message, MAX_MESSAGE_LENGTH);
  const { deniedBecause, failure, state } = texts.tools;
  if (code === 'denied') {
    return (
      <p {...asPart('tool-failure')} dir="auto">
        {message === '' ? state.denied : deniedBecause(detail)}
      </p>
    );
  }
  return (
    <p {...asPart('tool-failure')} dir="auto">
      {failure[code]} <span {...asPart('muted')}>{detail}</span>
    </p>
  );
}

function ResultContent({
  output,
  value,
  schema,
}: {
  output: string;
  schema: unknown;
  value: DisplayValue | undefined;
}): ReactNode {
  const texts = useCompleteTexts();
  if (value?.kind === 'fields')
    return <ValueTable fields={value.fields} schema={schema} json={value.json} jsonLabel="JSON" />;
  if (value?.kind === 'empty' || output.trim() === '')
    return <p {...asPart('muted')}>{texts.steps.empty}</p>;
  // A JSON array is indented. A JSON string or number is shown as it was written.
  const isArray = value?.kind === 'value' && typeof value.value === 'object';
  return <RawText text={isArray ? value.json : output} label={texts.steps.output} />;
}
