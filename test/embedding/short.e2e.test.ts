import { describeEmbedding } from './describeEmbedding.js';

describeEmbedding(['a plain page', 'a CSS reset', 'a shadow root']);
