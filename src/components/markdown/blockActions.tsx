import { useContext, useEffect, useRef, useState, type ReactElement, type RefObject } from 'react';
import { CopyButton } from '../CopyButton.js';
import { IconButton } from '../IconButton.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { WrapText } from '../icons.lazy.js';
import { writeText, type CopyOutcome } from '../useCopy.js';
import { formatTable, type TableSource } from './formatTable.js';
import { MarkdownContext } from './MarkdownContext.js';
import { removeMarks } from './marks.js';
import { asPart } from '../part.js';

/**
 * Button that copies a table: with its cells for spreadsheets and documents, and as Markdown for fields of text.
 * Element: div.
 */
export function TableActions({ table: { columns, rows } }: { table: TableSource }): ReactElement {
  const { marks } = useContext(MarkdownContext);
  const texts = useCompleteTexts().markdown;
  const element = useRef<HTMLDivElement>(null);
  const getMarkdown = (): string =>
    formatTable({
      columns,
      rows: rows.map((cells) => cells.map((cell) => removeMarks(cell, marks))),
    });
  const write = (markdown: string): Promise<CopyOutcome> => {
    const shown = element.current?.parentElement?.querySelector('table')?.rows;
    return writeTable(markdown, formatHtml(shown ?? []));
  };
  return (
    <div ref={element} {...asPart('table-actions')}>
      <CopyButton text={getMarkdown} label={texts.copyTable} write={write} />
    </div>
  );
}

async function writeTable(markdown: string, html: string): Promise<CopyOutcome> {
  try {
    const item = new ClipboardItem({
      'text/plain': new Blob([markdown], { type: 'text/plain' }),
      'text/html': new Blob([html], { type: 'text/html' }),
    });
    await navigator.clipboard.write([item]);
    return 'copied';
  } catch {
    // No permission, or a browser that copies text only.
    return writeText(markdown);
  }
}

/** Returns the text of the cells as an HTML table. */
function formatHtml(rows: Iterable<HTMLTableRowElement>): string {
  // A document of its own loads nothing and runs nothing.
  const page = document.implementation.createHTMLDocument('');
  const table = page.createElement('table');
  for (const row of rows) {
    const copy = table.insertRow();
    for (const { localName, textContent } of row.cells) {
      const cell = page.createElement(localName);
      cell.textContent = textContent;
      copy.append(cell);
    }
  }
  return table.outerHTML;
}

/** Switch that wraps the lines of the code block around it. Renders nothing while all fit. Element: button. */
export function WrapButton(): ReactElement {
  const texts = useCompleteTexts().markdown;
  const place = useRef<HTMLSpanElement>(null);
  const [isWrapped, setIsWrapped] = useState(false);
  const isCut = useIsCut(place);
  useEffect(() => {
    // The block renders before this code is loaded, and knows nothing of it.
    place.current?.closest(BLOCK)?.toggleAttribute('data-wrapped', isWrapped);
  }, [isWrapped]);
  return (
    <>
      <span ref={place} {...asPart('code-space')} />
      {(isCut || isWrapped) && (
        <IconButton
          label={texts.wrapLines}
          aria-pressed={isWrapped}
          onClick={() => setIsWrapped(!isWrapped)}
        >
          <WrapText size={14} />
        </IconButton>
      )}
    </>
  );
}

const BLOCK = '[data-part="code-block"]';

/** Returns true if lines of the code block around an element are wider than it. */
function useIsCut(element: RefObject<HTMLElement | null>): boolean {
  const [isCut, setIsCut] = useState(false);
  useEffect(() => {
    const lines = element.current?.closest(BLOCK)?.querySelector('pre');
    const Observer = lines?.ownerDocument.defaultView?.ResizeObserver;
    if (!lines || !Observer) return undefined;
    const observer = new Observer(() => setIsCut(lines.scrollWidth > lines.clientWidth));
    // The code grows inside of the element whose width it shares.
    for (const observed of [lines, ...lines.children]) observer.observe(observed);
    return () => observer.disconnect();
  }, [element]);
  return isCut;
}
