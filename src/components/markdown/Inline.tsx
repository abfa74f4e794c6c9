import { memo, useCallback, useContext, type ReactElement, type ReactNode } from 'react';
import { useComponents } from '../ComponentsContext.js';
import { getMisleadingHost } from './getMisleadingHost.js';
import { MarkdownContext } from './MarkdownContext.js';
import { MarkdownLink as DefaultLink } from './MarkdownLink.js';
import { MarkedText } from './MarkedText.js';
import { findLinkMark, hasMarks, removeMarks } from './marks.js';
import type { NameDecoder } from './parse/decodeText.js';
import { getInlineText } from './parse/getInlineText.js';
import { parseInline } from './parse/parseInline.js';
import type { Inline as InlineToken } from './parse/tokens.js';
import { parseImageUrl, parseLinkUrl } from './parseSafeUrl.js';
import { LazyMarkdownImage } from './useMarkdownExtras.js';
import { TextRun } from './TextRun.js';
import { useNamedCharacters } from './useNamedCharacters.js';
import { asPart } from '../part.js';

/** Inline text of a paragraph, a heading or a table cell. It is parsed when it changes. */
export const Inline = memo(function Inline({
  source,
  isUnfinished,
}: {
  source: string;
  isUnfinished: boolean;
}): ReactElement {
  const { links } = useContext(MarkdownContext);
  const parse = useCallback(
    (decodeName: NameDecoder) => parseInline(source, { links, isUnfinished, decodeName }),
    [source, links, isUnfinished],
  );
  return <Inlines inlines={useNamedCharacters(parse)} />;
});

function Inlines({ inlines }: { inlines: readonly InlineToken[] }): ReactElement[] {
  return inlines.map((inline, index) => <InlineView key={index} inline={inline} />);
}

function InlineView({ inline }: { inline: InlineToken }): ReactNode {
  switch (inline.type) {
    case 'text':
      return <MarkedText text={inline.text} />;
    case 'code':
      return <CodeSpan text={inline.text} />;
    case 'em':
    case 'strong':
    case 'del':
      return <Emphasis {...inline} />;
    case 'break':
      return <br />;
    case 'link':
      return (
        <SafeLink {...inline} text={getInlineText(inline.inlines)}>
          <Inlines inlines={inline.inlines} />
        </SafeLink>
      );
    case 'image':
      return <SafeImage {...inline} />;
  }
}

function Emphasis({
  type: Tag,
  inlines,
}: InlineToken & { type: 'em' | 'strong' | 'del' }): ReactElement {
  const [first] = inlines;
  // Without an element of its own for its text, in the common case.
  if (inlines.length === 1 && first?.type === 'text' && !hasMarks(first.text))
    return <TextRun tag={Tag} text={first.text} />;
  return (
    <Tag>
      <Inlines inlines={inlines} />
    </Tag>
  );
}

function CodeSpan({ text }: { text: string }): ReactElement {
  const { marks } = useContext(MarkdownContext);
  return <TextRun tag="code" text={removeMarks(text, marks)} dir="ltr" translate="no" />;
}

interface SafeLinkProps {
  address: string;
  title?: string | undefined;
  /** Visible text of the link. */
  text: string;
  children: ReactNode;
}

/** Link if its address is safe, otherwise its text. */
function SafeLink({ address, title, text, children }: SafeLinkProps): ReactNode {
  const { Link = DefaultLink } = useComponents();
  const { marks } = useContext(MarkdownContext);
  const mark = findLinkMark(address, marks);
  if (mark !== undefined) return mark.link?.(children) ?? children;
  const url = parseLinkUrl(address);
  if (url === undefined) return <span {...asPart('blocked-link')}>{children}</span>;
  return (
    <Link url={url} host={getMisleadingHost(url, text)} title={title}>
      {children}
    </Link>
  );
}

/** Image if its address is safe, otherwise its alternative text. */
function SafeImage({ address, alt: source }: { address: string; alt: string }): ReactNode {
  const { Image = LazyMarkdownImage, allowImage } = useComponents();
  const { marks } = useContext(MarkdownContext);
  const alt = removeMarks(source, marks);
  const mark = findLinkMark(address, marks);
  if (mark !== undefined) return mark.link?.(alt) ?? alt;
  const url = parseImageUrl(address);
  if (url === undefined) return <span {...asPart('blocked-image')}>{alt}</span>;
  return <Image url={url} alt={alt} isAllowed={allowImage?.(url) === true} />;
}
