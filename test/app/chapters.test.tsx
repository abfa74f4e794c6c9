import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { AssistantsProvider, createAssistantsClient } from 'assistants-react';
import { createBackend, scriptedModel, type ScriptedScenario } from 'assistants-react/backend';
import { Suspense, useState, type ReactElement } from 'react';
import { expect, it } from 'vitest';
import { chapters, type Chapter } from '../../app/chapters/chapters.js';
import { chapterAssistants } from '../../app/chapters/scripts.js';

const scripts: Record<
  string,
  { assistant: { model: string }; script: ScriptedScenario | undefined }
> = chapterAssistants;

/** Renders a chapter as its App.tsx does. */
async function renderChapter({ id, Example }: Chapter): Promise<void> {
  const { assistant, script } = scripts[id] ?? { assistant: { model: '' }, script: undefined };
  const client = createAssistantsClient({
    fetch: createBackend({ model: scriptedModel(script) }).fetch,
  });
  const { id: assistantId } = await client.createAssistant({ body: assistant });
  function App(): ReactElement {
    const [threadId, setThreadId] = useState<string>();
    return (
      <AssistantsProvider client={client}>
        <Suspense>
          <Example
            assistantId={assistantId}
            threadId={threadId}
            onThreadIdChange={(next) => setThreadId(next)}
          />
        </Suspense>
      </AssistantsProvider>
    );
  }
  render(<App />);
}

/** Text that the first suggestion of each chapter leads to. */
const results: Record<string, string | RegExp> = {
  chat: /Let me look up/,
  functions: 'The next days in Lisbon:',
  approvals: 'Allow once',
  forms: /Review the offer/,
  composer: /A lamp stood/,
  files: /Green tea tastes best at 75 degrees/,
  hostileText: /<script>alert/,
};

it.each(chapters.filter(({ assistantName }) => assistantName !== undefined))(
  'runs the code of the chapter $id',
  async (chapter) => {
    await renderChapter(chapter);
    const user = userEvent.setup();
    const [first] = await screen.findAllByRole('button', { name: /\S \S/ });
    if (!first) throw new Error('The chapter has no suggestion.');
    await user.click(first);
    expect((await screen.findAllByText(results[chapter.id] ?? '')).length).toBeGreaterThan(0);
  },
);

it('shows all files of each chapter, with code that an app can import', async () => {
  const unknown: string[] = [];
  for (const chapter of chapters) {
    const files = await chapter.loadFiles();
    expect(files[0]?.name).toBe('Example.tsx');
    const names = files.map(({ name }) => `./${name.replace(/\.tsx?$/, '.js')}`);
    for (const { code } of files) {
      const imported = [...code.matchAll(/ from '([^']+)'/g)].map((match) => match[1] ?? '');
      for (const specifier of imported) {
        const isPackage = /^(assistants-react(\/.+)?|react|lucide-react|@tanstack\/react-query)$/;
        if (!names.includes(specifier) && !isPackage.test(specifier)) unknown.push(specifier);
      }
    }
  }
  expect(unknown).toEqual([]);
});
