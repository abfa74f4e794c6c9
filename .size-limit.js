/** What an app pays for one import, minified and compressed. React comes with the app; TanStack Query counts. */
const withQuery = (config) => ({ ...config, external: ['react', 'react-dom'] });

export default [
  {
    name: 'placeholder',
    path: 'dist/index.js',
    import: '{ Placeholder }',
    limit: '1 kB',
    gzip: true,
    modifyEsbuildConfig: withQuery,
  },
];
