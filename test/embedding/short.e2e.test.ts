import { describeEmbedding } from './describeEmbedding.js';

describeEmbedding(['a CSS reset', 'a shadow root']);
