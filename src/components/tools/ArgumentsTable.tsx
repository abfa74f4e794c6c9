import { useMemo, type ReactElement, type ReactNode } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { truncate } from '../truncate.js';
import { readArguments } from './readArguments.js';
import { RawText, ValueTable } from './ValueTable.js';

/** Props of `ArgumentsTable`. */
export interface ArgumentsTableProps extends Omit<PartProps<'div'>, 'children'> {
  /** As the model wrote them; may be malformed. */
  argumentsText: string;
  /** Whether the model is still writing. @default false */
  isStreaming?: boolean | undefined;
}

/**
 * Arguments of a function call: a table of their fields, then the raw JSON folded; those that are malformed, or can be read in
 * two ways, as they were written. Element: div. `data-kind`, `data-streaming`.
 */
export function ArgumentsTable({
  argumentsText,
  isStreaming = false,
  ...props
}: ArgumentsTableProps): ReactElement | null {
  const texts = useCompleteTexts();
  const read = useMemo(
    () => readArguments(argumentsText, isStreaming),
    [argumentsText, isStreaming],
  );
  const { arguments: label, rawArguments } = texts.steps;
  let children: ReactNode;
  if (read.kind === 'empty')
    children = isStreaming ? null : <p data-part="muted">{texts.steps.noArguments}</p>;
  else if ('detail' in read) {
    const notice =
      read.kind === 'malformed'
        ? texts.steps.malformedArguments
        : texts.tools.problem(truncate(read.detail));
    children = (
      <>
        {!isStreaming && <p data-part="arguments-notice">{notice}</p>}
        <RawText text={read.text} label={label} />
      </>
    );
  } else if (read.kind === 'value') children = <RawText text={read.json} label={label} />;
  else
    children = (
      <ValueTable
        fields={read.fields}
        json={isStreaming ? undefined : read.json}
        jsonLabel={rawArguments}
      />
    );
  return createPart(
    {
      tag: 'div',
      name: 'arguments',
      state: { kind: read.kind, streaming: isStreaming },
      defaultProps: { children },
    },
    props,
  );
}
