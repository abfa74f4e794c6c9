import { memo, useContext, useMemo, type ReactElement, type ReactNode } from 'react';
import { useComponents } from '../ComponentsContext.js';
import { MarkdownImage as OurImage } from './MarkdownImage.js';
import { MarkdownLink as OurLink } from './MarkdownLink.js';
import { MarkdownContext } from './MarkdownContext.js';
import { MarkedText } from './MarkedText.js';
import { findLinkMark, removeMarks } from './marks.js';
import { parseInline, getInlineText } from './parse/parseInline.js';
import type { Inline as InlineToken } from './parse/tokens.js';
import { hostToShow, safeImageUrl, safeLinkUrl } from './safeUrl.js';

/** Renders the inline text of a paragraph, heading or cell. Parses it only when its source changes. */
export const Inline = memo(function Inline({
  source,
  isOpen,
}: {
  source: string;
  isOpen: boolean;
}): ReactElement {
  const { links } = useContext(MarkdownContext);
  const inlines = useMemo(() => parseInline(source, links, isOpen), [source, links, isOpen]);
  return <Inlines inlines={inlines} />;
});

function Inlines({ inlines }: { inlines: readonly InlineToken[] }): ReactElement {
  return (
    <>
      {inlines.map((inline, index) => (
        <InlineView key={index} inline={inline} />
      ))}
    </>
  );
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
      return (
        <inline.type>
          <Inlines inlines={inline.inlines} />
        </inline.type>
      );
    case 'break':
      return <br />;
    case 'link':
      return (
        <CheckedLink {...inline} text={getInlineText(inline.inlines)}>
          <Inlines inlines={inline.inlines} />
        </CheckedLink>
      );
    case 'image':
      return <CheckedImage {...inline} />;
  }
}

function CodeSpan({ text }: { text: string }): ReactElement {
  const { marks } = useContext(MarkdownContext);
  return <code dir="ltr">{removeMarks(text, marks)}</code>;
}

interface CheckedLinkProps {
  address: string;
  title?: string | undefined;
  /** Visible text of the link, to compare with its target. */
  text: string;
  children: ReactNode;
}

/** Renders a link if its URL is safe, else only its text. */
function CheckedLink({ address, title, text, children }: CheckedLinkProps): ReactNode {
  const { Link = OurLink } = useComponents();
  const { marks } = useContext(MarkdownContext);
  const mark = findLinkMark(address, marks);
  if (mark !== undefined) return mark.link?.(children) ?? children;
  const url = safeLinkUrl(address);
  if (url === undefined) return <span data-part="blocked-link">{children}</span>;
  return (
    <Link url={url} host={hostToShow(url, text)} title={title}>
      {children}
    </Link>
  );
}

function CheckedImage({ address, alt }: { address: string; alt: string }): ReactNode {
  const { Image = OurImage, allowImage } = useComponents();
  const { marks } = useContext(MarkdownContext);
  const words = removeMarks(alt, marks);
  const mark = findLinkMark(address, marks);
  if (mark !== undefined) return mark.link?.(words) ?? words;
  const url = safeImageUrl(address);
  if (url === undefined) return <span data-part="blocked-image">{words}</span>;
  return <Image url={url} alt={words} isAllowed={allowImage?.(url) === true} />;
}
