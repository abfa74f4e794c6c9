import { describeEmbedding } from './describeEmbedding.js';

// `npm run test:embedding` tests all pages.
describeEmbedding(['a shadow root']);
