import { useMemo, type ReactElement, type ReactNode } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../part.js';
import { truncate } from '../truncate.js';
import { readArguments, type DisplayValue } from './readArguments.js';
import { RawText, ValueTable } from './ValueTable.js';

/** State of `ArgumentsTable`. */
export interface ArgumentsTableState {
  kind: DisplayValue['kind'];
  streaming: boolean;
}

/** Props of `ArgumentsTable`. */
export interface ArgumentsTableProps extends Omit<
  PartProps<'div', ArgumentsTableState>,
  'children'
> {
  /** Arguments as the model wrote them. May be malformed. */
  argumentsText: string;
  /** True while the model is writing them. @default false */
  isStreaming?: boolean | undefined;
  /** JSON Schema of the arguments. The titles of its properties are shown in place of their names. */
  schema?: unknown;
  /** True to leave out the raw JSON. @default false */
  isPlain?: boolean | undefined;
}

/**
 * Arguments of a function call: a table of their fields and the raw JSON, collapsed. Malformed and ambiguous arguments are
 * shown as the model wrote them. Element: div. `data-kind`, `data-streaming`.
 */
export function ArgumentsTable({
  argumentsText,
  isStreaming = false,
  schema,
  isPlain = false,
  ...props
}: ArgumentsTableProps): ReactElement | null {
  const value = useMemo(
    () => readArguments(argumentsText, isStreaming),
    [argumentsText, isStreaming],
  );
  const state: ArgumentsTableState = { kind: value.kind, streaming: isStreaming };
  const children = (
    <ArgumentsContent value={value} isStreaming={isStreaming} schema={schema} isPlain={isPlain} />
  );
  return createPart({ tag: 'div', name: 'arguments', state, defaultProps: { children } }, props);
}

function ArgumentsContent({
  value,
  isStreaming,
  schema,
  isPlain,
}: {
  value: DisplayValue;
  isStreaming: boolean;
  schema: unknown;
  isPlain: boolean;
}): ReactNode {
  const texts = useCompleteTexts();
  const { arguments: label, rawArguments } = texts.steps;
  switch (value.kind) {
    case 'empty':
      return isStreaming ? null : <p {...asPart('muted')}>{texts.steps.noArguments}</p>;
    case 'fields':
      return (
        <ValueTable
          fields={value.fields}
          schema={schema}
          json={isStreaming || isPlain ? undefined : value.json}
          jsonLabel={rawArguments}
        />
      );
    case 'value':
      return <RawText text={value.json} label={label} />;
    case 'malformed':
    case 'ambiguous': {
      const notice =
        value.kind === 'malformed'
          ? texts.steps.malformedArguments
          : texts.tools.problem(truncate(value.detail));
      return (
        <>
          {!isStreaming && <p {...asPart('arguments-notice')}>{notice}</p>}
          <RawText text={value.text} label={label} />
        </>
      );
    }
  }
}
