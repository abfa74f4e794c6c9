import { useQuery } from '@tanstack/react-query';
import { HighlightedCodeBlock } from 'assistants-react/highlight';
import { useState, type ReactElement } from 'react';
import type { Chapter } from './chapters/chapters.js';

/** Shows the sources of a chapter. The example beside it runs this code. */
export function CodePanel({ chapter }: { chapter: Chapter }): ReactElement {
  const [shownName, setShownName] = useState('Example.tsx');
  const { data: files = [], error } = useQuery({
    queryKey: ['chapter', chapter.id, 'files'],
    queryFn: () => chapter.loadFiles(),
    staleTime: Infinity,
  });
  const shown = files.find(({ name }) => name === shownName) ?? files[0];
  return (
    <aside className="end code" aria-label="Code">
      <h2>{chapter.title}</h2>
      <p>
        {chapter.summary} This code runs beside it; copy the files into your app.{' '}
        <a href={`#/guide/${chapter.guide}`}>Read the guide</a>
      </p>
      <pre>npm install assistants-react @tanstack/react-query</pre>
      <fieldset className="files" aria-label="Files">
        {files.map(({ name }) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === shown?.name}
            onClick={() => setShownName(name)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      {error && <p role="alert">{error.message}</p>}
      {shown && <HighlightedCodeBlock key={shown.name} language="tsx" code={shown.code} />}
    </aside>
  );
}
