import { useQuery } from '@tanstack/react-query';
import { HighlightedCodeBlock } from 'assistants-react/highlight';
import { useState, type ReactElement } from 'react';
import { useLabels } from './labels/Labels.js';
import type { Chapter } from './chapters/chapters.js';

/** Shows the sources of a chapter. The example beside it runs this code. */
export function CodePanel({ chapter }: { chapter: Chapter }): ReactElement {
  const labels = useLabels();
  const [shownName, setShownName] = useState('Example.tsx');
  const { data: files = [], error } = useQuery({
    queryKey: ['chapter', chapter.id, 'files'],
    queryFn: () => chapter.loadFiles(),
    staleTime: Infinity,
  });
  const shown = files.find(({ name }) => name === shownName) ?? files[0];
  return (
    <aside className="end code" aria-label={labels.code}>
      <h2>{labels.titles[chapter.id]}</h2>
      <p>
        <span lang="en" dir="ltr">
          {chapter.summary}
        </span>{' '}
        {labels.copyFiles} <a href={`#/guide/${chapter.guide}`}>{labels.readGuide}</a>
      </p>
      <pre>npm install assistants-react @tanstack/react-query</pre>
      <fieldset className="files" aria-label={labels.files}>
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
