import type { ReactElement } from 'react';
import { CopyButton } from '../CopyButton.js';
import { useTexts } from '../i18n/TextsContext.js';
import { createPart, scrollRegion, type PartProps } from '../part.js';
import { chunksOf } from './chunksOf.js';

/** Props of `CodeBlock`. */
export interface CodeBlockProps extends Omit<PartProps<'figure'>, 'children'> {
  code: string;
  /** As the fence names it; undefined without a name. */
  language?: string | undefined;
}

/** A block of code with the name of its language and a button that copies it. Element: figure. `data-language`. */
export function CodeBlock({ code, language, ...props }: CodeBlockProps): ReactElement | null {
  const texts = useTexts();
  const chunks = chunksOf(code);
  const children = (
    <>
      <figcaption data-part="code-header">
        <span data-part="code-language">{language ?? texts.steps.code}</span>
        <CopyButton text={code} label={texts.markdown.copyCode} />
      </figcaption>
      <pre {...scrollRegion(texts.markdown.code(language))} dir="ltr">
        <code>{chunks.length > 1 ? chunks.map((chunk, index) => <span key={index} data-part="code-chunk">{chunk}</span>) : code}</code>
      </pre>
    </>
  );
  return createPart({ tag: 'figure', name: 'code-block', state: { language }, own: { children } }, props);
}
