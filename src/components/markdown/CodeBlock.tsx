import type { ReactElement } from 'react';
import { TextChunks } from './TextChunks.js';
import { CopyButton } from '../CopyButton.js';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, getScrollRegionProps } from '../part.js';
import type { CodeBlockProps } from './CodeBlockProps.js';

/** Renders a code block with its language and a copy button. Element: figure. `data-language`. */
export function CodeBlock({
  code,
  language,
  children: shown,
  ...props
}: CodeBlockProps): ReactElement | null {
  const texts = useTexts();
  const children = (
    <>
      <figcaption data-part="code-header">
        <span data-part="code-language">{language ?? texts.markdown.code(undefined)}</span>
        <CopyButton text={code} label={texts.markdown.copyCode} />
      </figcaption>
      <pre {...getScrollRegionProps(texts.markdown.code(language))} dir="ltr">
        <code>{shown ?? <TextChunks text={code} />}</code>
      </pre>
    </>
  );
  return createPart(
    { tag: 'figure', name: 'code-block', state: { language }, defaultProps: { children } },
    props,
  );
}
