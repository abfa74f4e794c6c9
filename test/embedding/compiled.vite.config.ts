import { transformAsync } from '@babel/core';
import { mergeConfig, type Plugin } from 'vite';
import config from './vite.config.js';

/** Compiles the page and the sources of the library with React Compiler. */
const reactCompiler: Plugin = {
  name: 'react-compiler',
  enforce: 'pre',
  async transform(code, id) {
    const [filename = ''] = id.split('?');
    if (!/\.tsx?$/.test(filename) || filename.includes('node_modules')) return undefined;
    const result = await transformAsync(code, {
      filename,
      babelrc: false,
      configFile: false,
      parserOpts: { plugins: filename.endsWith('x') ? ['typescript', 'jsx'] : ['typescript'] },
      plugins: ['babel-plugin-react-compiler'],
    });
    return result?.code ?? undefined;
  },
};

/** Builds the page of the embedding tests as an app with React Compiler. */
export default mergeConfig(config, { plugins: [reactCompiler] });
