/**
 * What an app pays for, minified and compressed: what it is today, so that no change makes it dearer unseen. React comes with
 * the app; TanStack Query counts. The goals are 20 kB for hooks and client and 60 kB for a page with a plain conversation.
 */
const withoutReact = (config) => ({ ...config, external: ['react', 'react-dom'] });

/** What the page loads before anything is asked of it: not what it fetches when it is wanted. */
const onDemand = {
  name: 'on-demand',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};
const atFirst = (config) => ({
  ...withoutReact(config),
  plugins: [...(config.plugins ?? []), onDemand],
});

const entry = (name, imported, limit, modifyEsbuildConfig = atFirst, path = 'dist/index.js') => ({
  name,
  path,
  import: `{ ${imported} }`,
  limit,
  gzip: true,
  modifyEsbuildConfig,
});

const client = 'AssistantsProvider, createAssistantsClient';
const reading = `${client}, useThreadMessages, useRun`;
const chat = `${reading}, useAssistants, useThread, useCreateMessage, useCreateRun, useSubmitToolOutputs`;

export default [
  entry('hooks and client: a thread that is read, a run that is followed', reading, '20 kB'),
  entry('hooks and client: a chat made of operations', chat, '21.8 kB'),
  entry('a conversation that the app draws itself', `${client}, useConversation`, '31.8 kB'),
  // A plain conversation fetches nothing more, which a test of a built page holds: to open a thread, send, and read markdown.
  entry('ThreadView: a plain conversation', `${client}, ThreadView`, '57.6 kB'),
  // Also steps, function calls and their forms, the editor of messages, uploads and what checks values.
  entry(
    'ThreadView: all that it may ever fetch',
    `${client}, ThreadView`,
    '139.5 kB',
    withoutReact,
  ),
  entry('schema form', 'SchemaForm', '106.5 kB', atFirst, 'dist/entries/schema-form.js'),
  // Also what matches the patterns of a schema.
  entry(
    'schema form: all that it may ever fetch',
    'SchemaForm',
    '153 kB',
    withoutReact,
    'dist/entries/schema-form.js',
  ),
  // Each beside a page that has a thread: what makes colours and formulas is fetched when a message has some.
  entry('code in colours', 'HighlightedCodeBlock', '5.9 kB', atFirst, 'dist/entries/highlight.js'),
  entry('formulas', 'MathMarkdown', '16.2 kB', atFirst, 'dist/entries/math.js'),
  entry(
    'formulas: all that it may ever fetch',
    'MathMarkdown',
    '76.4 kB',
    withoutReact,
    'dist/entries/math.js',
  ),
  entry(
    'client without React',
    'createAssistantsClient, followRun',
    '12 kB',
    atFirst,
    'dist/entries/client.js',
  ),
];
