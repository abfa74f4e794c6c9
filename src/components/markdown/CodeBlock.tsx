import type { ReactElement, ReactNode } from 'react';
import { Chunks } from '../Chunks.js';
import { CopyButton } from '../CopyButton.js';
import { useConversationTexts } from '../i18n/TextsContext.js';
import { createPart, getScrollRegionProps, type PartProps } from '../part.js';

/** Props of `CodeBlock`. */
export interface CodeBlockProps extends Omit<
  PartProps<'figure', { language: string | undefined }>,
  'children'
> {
  /** As written, without its fence. */
  code: string;
  /** As the fence names it; undefined without a name. */
  language?: string | undefined;
  /** How the code is shown, such as in colours. @default as it stands */
  children?: ReactNode;
}

/** A block of code with the name of its language and a button that copies it. Element: figure. `data-language`. */
export function CodeBlock({
  code,
  language,
  children: shown,
  ...props
}: CodeBlockProps): ReactElement | null {
  const texts = useConversationTexts();
  const children = (
    <>
      <figcaption data-part="code-header">
        <span data-part="code-language">{language ?? texts.markdown.code(undefined)}</span>
        <CopyButton text={code} label={texts.markdown.copyCode} />
      </figcaption>
      <pre {...getScrollRegionProps(texts.markdown.code(language))} dir="ltr">
        <code>{shown ?? <Chunks text={code} />}</code>
      </pre>
    </>
  );
  return createPart(
    { tag: 'figure', name: 'code-block', state: { language }, defaultProps: { children } },
    props,
  );
}
