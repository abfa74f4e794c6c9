import type { MarkedToken, Token } from 'marked';
import { Fragment, memo, useContext, useMemo, type ReactElement, type ReactNode } from 'react';
import { useComponents } from '../ComponentsProvider.js';
import { decodeEntities } from './decodeEntities.js';
import { Image as OurImage } from './Image.js';
import { isKnown, lexInline } from './lexBlocks.js';
import { isTooDense, MAX_DEPTH } from './limits.js';
import { Link as OurLink } from './Link.js';
import { MarkdownContext } from './MarkdownContext.js';
import { firstMark, markOfAddress, removeMarks, splitMarks } from './marks.js';
import { hostToShow, safeImageUrl, safeLinkUrl } from './safeUrl.js';

/** The running text of one paragraph, heading or cell, parsed only when its source changes. */
export const Inline = memo(function Inline({ source }: { source: string }): ReactElement {
  const { links } = useContext(MarkdownContext);
  const tokens = useMemo(() => (isTooDense(source) ? undefined : lexInline(source, links)), [source, links]);
  return tokens === undefined ? <TextRun text={source} /> : <Tokens tokens={tokens} depth={0} />;
});

function Tokens({ tokens, depth }: { tokens: readonly Token[]; depth: number }): ReactElement {
  return (
    <>
      {tokens.map((token, index) => (
        <Fragment key={index}>{isKnown(token) && depth < MAX_DEPTH ? <InlineToken token={token} depth={depth} /> : token.raw}</Fragment>
      ))}
    </>
  );
}

function InlineToken({ token, depth }: { token: MarkedToken; depth: number }): ReactNode {
  switch (token.type) {
    case 'text':
      return token.tokens === undefined ? <TextRun text={decodeEntities(token.text)} /> : <Tokens tokens={token.tokens} depth={depth + 1} />;
    case 'escape':
      return token.text;
    case 'strong':
      return <strong>{<Tokens tokens={token.tokens} depth={depth + 1} />}</strong>;
    case 'em':
      return <em>{<Tokens tokens={token.tokens} depth={depth + 1} />}</em>;
    case 'del':
      return <del>{<Tokens tokens={token.tokens} depth={depth + 1} />}</del>;
    case 'codespan':
      return <CodeSpan text={token.text} />;
    case 'br':
      return <br />;
    case 'html':
      // Models write line breaks into table cells this way; all other HTML is text.
      return /^<br\s*\/?>$/i.test(token.raw) ? <br /> : <TextRun text={token.raw} />;
    case 'link':
      if (token.autolink === true) return <AutoLink address={token.href} text={token.text} />;
      return (
        <CheckedLink address={decodeEntities(token.href)} title={token.title ?? undefined} text={token.text}>
          <Tokens tokens={token.tokens} depth={depth + 1} />
        </CheckedLink>
      );
    case 'image':
      return <CheckedImage address={decodeEntities(token.href)} alt={token.text} />;
    default:
      return token.raw;
  }
}

/** Text with its marks put in. */
function TextRun({ text }: { text: string }): ReactElement {
  const { marks } = useContext(MarkdownContext);
  return (
    <>
      {splitMarks(text, marks).map((piece, index) => (
        <Fragment key={index}>{piece.text ?? piece.mark.node}</Fragment>
      ))}
    </>
  );
}

function CodeSpan({ text }: { text: string }): ReactElement {
  const { marks } = useContext(MarkdownContext);
  return <code dir="ltr">{removeMarks(text, marks)}</code>;
}

interface CheckedLinkProps {
  address: string;
  title?: string | undefined;
  /** What the reader sees of the link, to compare with where it leads. */
  text: string;
  children: ReactNode;
}

/** A link if its address may be followed, else its text alone. */
function CheckedLink({ address, title, text, children }: CheckedLinkProps): ReactNode {
  const { Link = OurLink } = useComponents();
  const { marks } = useContext(MarkdownContext);
  const mark = markOfAddress(address, marks);
  if (mark !== undefined) return mark.link?.(children) ?? children;
  const url = safeLinkUrl(address);
  if (url === undefined) return <span data-part="blocked-link">{children}</span>;
  return (
    <Link url={url} host={hostToShow(url, text)} title={title}>
      {children}
    </Link>
  );
}

/** A bare address. A mark directly behind it does not belong to it. */
function AutoLink({ address, text }: { address: string; text: string }): ReactNode {
  const end = firstMark(text);
  if (end === -1) {
    return (
      <CheckedLink address={address} text={text}>
        {text}
      </CheckedLink>
    );
  }
  const shown = text.slice(0, end);
  return (
    <>
      <CheckedLink address={address.slice(0, address.length - (text.length - end))} text={shown}>
        {shown}
      </CheckedLink>
      <TextRun text={text.slice(end)} />
    </>
  );
}

function CheckedImage({ address, alt }: { address: string; alt: string }): ReactNode {
  const { Image = OurImage, allowImage } = useComponents();
  const { marks } = useContext(MarkdownContext);
  const words = removeMarks(alt, marks);
  const mark = markOfAddress(address, marks);
  if (mark !== undefined) return mark.link?.(words) ?? words;
  const url = safeImageUrl(address);
  if (url === undefined) return <span data-part="blocked-image">{words}</span>;
  return <Image url={url} alt={words} isAllowed={allowImage?.(url) === true} />;
}
