export type { MarkdownProps } from '../components/markdown/MarkdownProps.js';
export type { TextMark } from '../components/markdown/marks.js';
export { MathMarkdown } from '../math/MathMarkdown.js';
