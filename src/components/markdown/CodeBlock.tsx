import type { ReactElement } from 'react';
import { CopyButton } from '../CopyButton.js';
import { useTexts } from '../i18n/useTexts.js';
import { createPart, getScrollRegionProps, asPart } from '../part.js';
import type { CodeBlockProps } from './CodeBlockProps.js';
import { TextChunks } from './TextChunks.js';
import { extrasLoader, useMarkdownExtras } from './useMarkdownExtras.js';

/**
 * Code block with its language, a copy button, and a switch that wraps long lines. Element: figure. `data-language`,
 * `data-wrapped` while its lines are wrapped.
 */
export function CodeBlock({
  code,
  language,
  languageName,
  children: renderedCode,
  ...props
}: CodeBlockProps): ReactElement | null {
  const texts = useTexts().markdown;
  const extras = useMarkdownExtras();
  const children = (
    <>
      <figcaption {...asPart('code-header')}>
        <span {...asPart('code-language')}>
          {languageName ?? language ?? texts.code(undefined)}
        </span>
        {extras && <extras.WrapButton />}
        <CopyButton text={code} label={texts.copyCode} hasWord />
      </figcaption>
      <pre {...getScrollRegionProps(texts.code(language))} dir="ltr" translate="no">
        <code>{renderedCode ?? <TextChunks text={code} />}</code>
      </pre>
    </>
  );
  return createPart(
    {
      tag: 'figure',
      name: 'code-block',
      state: { language },
      defaultProps: { children, ...extrasLoader },
    },
    props,
  );
}
