import { HighlightedCodeBlock } from 'assistants-react/highlight';
import { useEffect, useState, type ReactElement } from 'react';
import type { Chapter, CodeFile } from './chapters/chapters.js';

/** Shows the sources of a chapter. The example beside it runs this code. */
export function CodePanel({ chapter }: { chapter: Chapter }): ReactElement {
  const [loaded, setLoaded] = useState<{ chapter: Chapter; files: CodeFile[] }>();
  const [shownName, setShownName] = useState('Example.tsx');
  useEffect(() => {
    let isCurrent = true;
    void chapter.loadFiles().then((files) => {
      if (isCurrent) setLoaded({ chapter, files });
    });
    return () => {
      isCurrent = false;
    };
  }, [chapter]);
  const files = loaded?.chapter === chapter ? loaded.files : [];
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
      {shown && <HighlightedCodeBlock key={shown.name} language="tsx" code={shown.code} />}
    </aside>
  );
}
