import { useMemo, type ReactElement, type ReactNode } from 'react';
import { readErrorOutput } from '../../protocol/toolOutput.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';
import { checkJson, readValue } from './readArguments.js';
import { RawText, ValueTable } from './ValueTable.js';

/** Props of `ToolResult`. */
export interface ToolResultProps extends Omit<PartProps<'div'>, 'children'> {
  /** As it is on the wire. */
  output: string;
}

/**
 * The output of a call, readably: the fields of an object, text as text, an error or a denial in words. Element: div.
 * `data-kind` is `text`, `fields`, `value`, `empty` or the code of the error.
 */
export function ToolResult({ output, ...props }: ToolResultProps): ReactElement | null {
  const texts = useCompleteTexts();
  const error = readErrorOutput(output);
  const read = useMemo(() => {
    const checked = checkJson(output);
    return checked.isValid ? readValue(checked.value, output) : undefined;
  }, [output]);
  const { output: label } = texts.steps;
  let kind: string = read?.kind ?? 'text';
  let children: ReactNode;
  if (error) {
    kind = error.code;
    const { deniedBecause, failure, state } = texts.tools;
    const words =
      error.code === 'denied'
        ? error.message === ''
          ? state.denied
          : deniedBecause(truncate(error.message, 2_000))
        : failure[error.code];
    children = (
      <p data-part="tool-failure" dir="auto">
        {words}{' '}
        {error.code !== 'denied' && <span data-part="muted">{truncate(error.message, 2_000)}</span>}
      </p>
    );
  } else if (read?.kind === 'fields')
    children = <ValueTable fields={read.fields} json={read.json} jsonLabel="JSON" />;
  else if (output.trim() === '' || read?.kind === 'empty')
    children = <p data-part="muted">{texts.steps.empty}</p>;
  else
    children = (
      <RawText
        text={read?.kind === 'value' && typeof read.value === 'object' ? read.json : output}
        label={label}
      />
    );
  return createPart({ tag: 'div', name: 'tool-result', state: { kind }, defaultProps: { children } }, props);
}
