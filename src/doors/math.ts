export { MathMarkdown } from '../math/MathMarkdown.js';
