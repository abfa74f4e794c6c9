import { Markdown } from '@storybook/addon-docs/blocks';
import {
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useState,
  type MouseEvent,
  type ReactElement,
} from 'react';
import { createSearchIndex, findEntries, type SearchEntry } from './searchIndex.js';
import { theme } from './theme.js';

const MAX_RESULTS = 12;
const EXCERPT_LENGTH = 160;

const pages = import.meta.glob<string>('./reference/*/*.md', { query: '?raw', import: 'default' });
// Not an import: `npm run docs:api` creates the file.
const [entries = []] = Object.values(
  import.meta.glob<SearchEntry[]>('./reference/search.json', { import: 'default', eager: true }),
);
const index = createSearchIndex(entries);
const reference = entries.filter(({ id }) => isExport(id));

function isExport(id: string): boolean {
  return id.endsWith('.md');
}

/** Search of the guides and of all exports, with the page of the chosen export below. */
export function Reference(): ReactElement {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<string>();
  const deferredQuery = useDeferredValue(query);
  const found = useMemo(
    () => findEntries(index, deferredQuery).slice(0, MAX_RESULTS),
    [deferredQuery],
  );
  const id = useId();
  return (
    <div className="sb-unstyled" style={{ font: '16px/1.6 system-ui', color: theme.textColor }}>
      <label htmlFor={id}>Search the guides and the API</label>
      <input
        id={id}
        type="search"
        placeholder="useThreadMessages, approval, proxy, …"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setChosen(undefined);
        }}
        style={{
          display: 'block',
          inlineSize: '100%',
          boxSizing: 'border-box',
          margin: '0.25rem 0 1rem',
          padding: '0.6rem 0.8rem',
          border: '1px solid #8a8a8a',
          borderRadius: '0.5rem',
          font: 'inherit',
          color: 'inherit',
          background: 'transparent',
        }}
      />
      <output style={{ position: 'absolute', clipPath: 'inset(50%)' }}>
        {query === '' ? '' : `${found.length} results`}
      </output>
      {chosen === undefined ? (
        <Results found={query === '' ? undefined : found} onChoose={setChosen} />
      ) : (
        <ExportPage id={chosen} onChoose={setChosen} />
      )}
    </div>
  );
}

interface ResultsProps {
  /** Undefined for all exports. */
  found: readonly SearchEntry[] | undefined;
  onChoose: (id: string) => void;
}

function Results({ found, onChoose }: ResultsProps): ReactElement {
  if (found === undefined) return <AllExports onChoose={onChoose} />;
  if (found.length === 0) return <p>Nothing found.</p>;
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {found.map((entry) => (
        <li key={entry.id} style={{ margin: '0 0 1rem' }}>
          <EntryLink entry={entry} onChoose={onChoose} />{' '}
          <small style={{ opacity: 0.75 }}>{entry.place}</small>
          <div>{toExcerpt(isExport(entry.id) ? getSummary(entry.text) : entry.text)}</div>
        </li>
      ))}
    </ul>
  );
}

function AllExports({ onChoose }: Pick<ResultsProps, 'onChoose'>): ReactElement {
  // The shortest name is that of the main entry point.
  const places = [...new Set(reference.map(({ place }) => place))].toSorted(
    (one, other) => one.length - other.length,
  );
  return (
    <>
      {places.map((place) => (
        <section key={place}>
          <h2>{place}</h2>
          <ul style={{ columns: '14rem', listStyle: 'none', padding: 0 }}>
            {reference
              .filter((entry) => entry.place === place)
              .toSorted((one, other) => one.title.localeCompare(other.title))
              .map((entry) => (
                <li key={entry.id} style={{ overflowWrap: 'anywhere' }}>
                  <EntryLink entry={entry} onChoose={onChoose} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

interface EntryLinkProps extends Pick<ResultsProps, 'onChoose'> {
  entry: SearchEntry;
}

function EntryLink({ entry, onChoose }: EntryLinkProps): ReactElement {
  const style = { font: 'inherit', color: theme.colorPrimary };
  if (!isExport(entry.id))
    return (
      <a href={`?path=/docs/${entry.id}`} target="_top" style={style}>
        {entry.title}
      </a>
    );
  return (
    <button
      type="button"
      onClick={() => onChoose(entry.id)}
      style={{ ...style, padding: 0, border: 0, background: 'none', cursor: 'pointer' }}
    >
      {entry.title}
    </button>
  );
}

interface ExportPageProps extends Pick<ResultsProps, 'onChoose'> {
  id: string;
}

function ExportPage({ id, onChoose }: ExportPageProps): ReactElement {
  const [text, setText] = useState('');
  useEffect(() => {
    let isCurrent = true;
    void pages[`./reference/${id}`]?.().then((page) => {
      if (isCurrent) setText(page);
    });
    return () => {
      isCurrent = false;
    };
  }, [id]);
  const followLink = (event: MouseEvent): void => {
    const href = event.target instanceof Element && event.target.closest('a')?.getAttribute('href');
    if (typeof href !== 'string' || !href.endsWith('.md')) return;
    event.preventDefault();
    onChoose(href.replace(/^\.\.\//, '').replace(/^(?!.*\/)/, `${id.split('/')[0]}/`));
  };
  return (
    // The links inside are reachable by keyboard, and Enter clicks them.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- See above.
    <div onClick={followLink} style={{ overflowWrap: 'anywhere' }}>
      <Markdown>{addImport(text, id)}</Markdown>
    </div>
  );
}

/** Adds the import of an export below the heading of its page. A part such as `Thread.Root` is imported with its namespace. */
function addImport(text: string, id: string): string {
  const entry = reference.find((one) => one.id === id);
  if (!entry) return text;
  const isType = /^(?:interfaces|types)\//.test(id);
  const [name] = entry.title.split('.');
  const code = `import { ${isType ? 'type ' : ''}${name} } from '${entry.place}';`;
  return text.replace(/^# .*$/m, (heading) => `${heading}\n\n\`\`\`ts\n${code}\n\`\`\``);
}

/** Returns the description of an export, which stands above the first heading of its page. */
function getSummary(text: string): string {
  return text.split(/^#/m, 1)[0] ?? '';
}

/** Returns the first words of a text, without the syntax of markdown. */
function toExcerpt(text: string): string {
  const plain = text
    .replace(/```[^`]*```/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[#`*|\\]+|-{3,}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > EXCERPT_LENGTH ? `${plain.slice(0, EXCERPT_LENGTH)}…` : plain;
}
