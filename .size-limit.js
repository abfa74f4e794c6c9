/**
 * Limits for what an app loads, minified and gzipped. React is excluded, because the app has it anyway. TanStack Query is
 * included. `npm run bench:thread` measures the same as Vite builds and splits it.
 */
const withoutReact = (config) => ({ ...config, external: ['react', 'react-dom'] });

/** Excludes modules that are loaded on demand. */
const excludeLazyModules = {
  name: 'exclude-lazy-modules',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};
const firstLoad = (config) => ({
  ...withoutReact(config),
  plugins: [...(config.plugins ?? []), excludeLazyModules],
});

const entry = (name, imported, limit, modifyEsbuildConfig = firstLoad, path = 'dist/index.js') => ({
  name,
  path,
  import: `{ ${imported} }`,
  limit,
  gzip: true,
  modifyEsbuildConfig,
});

const client = 'AssistantsProvider, createAssistantsClient';
const reading = `${client}, useThreadMessages, useRun`;
const operations = `
  useAssistants useAssistant useCreateAssistant useModifyAssistant useDeleteAssistant
  useAssistantFiles useAssistantFile useCreateAssistantFile useDeleteAssistantFile useThread
  useCreateThread useModifyThread useDeleteThread useThreadMessages useMessage
  useCreateMessage useModifyMessage useMessageFiles useMessageFile useThreadRuns useRun
  useCreateRun useCreateThreadAndRun useModifyRun useCancelRun useSubmitToolOutputs
  useRunSteps useRunStep
`
  .trim()
  .replace(/\s+/g, ', ');

export default [
  entry('a page that reads a thread and follows its run', reading, '18.5 kB'),
  entry(
    'the operation hooks of assistants, threads, messages and runs',
    `${client}, ${operations}`,
    '22.7 kB',
  ),
  entry('useConversation', `${client}, useConversation`, '31.2 kB'),
  // A plain conversation loads the code that follows runs besides; test/exports/size.e2e.test.ts checks that on a built page.
  entry('ThreadView with markdown', `${client}, ThreadView`, '64 kB'),
  entry('ThreadView with every lazy module', `${client}, ThreadView`, '246.5 kB', withoutReact),
  entry('SchemaForm', 'SchemaForm', '1.3 kB', firstLoad, 'dist/entries/schema-form.js'),
  entry(
    'SchemaForm with every lazy module',
    'SchemaForm',
    '208 kB',
    withoutReact,
    'dist/entries/schema-form.js',
  ),
  entry('highlighting', 'HighlightedCodeBlock', '7.5 kB', firstLoad, 'dist/entries/highlight.js'),
  entry('math', 'MathMarkdown', '19.4 kB', firstLoad, 'dist/entries/math.js'),
  entry(
    'math with every lazy module',
    'MathMarkdown',
    '139 kB',
    withoutReact,
    'dist/entries/math.js',
  ),
  entry(
    'the client without React',
    'createAssistantsClient, followRun',
    '16.1 kB',
    firstLoad,
    'dist/entries/client.js',
  ),
];
