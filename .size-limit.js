/**
 * What each entry costs today, so that no change makes it dearer unseen. The goals are 20 kB for hooks and client, and 60 kB
 * for ThreadView.
 */

/** What an app pays for one import, minified and compressed. React comes with the app; TanStack Query counts. */
const withoutReact = (config) => ({ ...config, external: ['react', 'react-dom'] });

const entry = (name, path, imported, limit) => ({ name, path, import: imported, limit, gzip: true, modifyEsbuildConfig: withoutReact });

export default [
  entry('hooks and client', 'dist/index.js', '{ AssistantsProvider, useRun, useThreadMessages, useConversation }', '42 kB'),
  entry('ThreadView', 'dist/index.js', '{ AssistantsProvider, createAssistantsClient, ThreadView }', '103 kB'),
  entry('client without React', 'dist/doors/client.js', '{ createAssistantsClient, followRun }', '14 kB'),
];
