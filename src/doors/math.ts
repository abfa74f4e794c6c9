export type { MarkdownProps } from '../components/markdown/Markdown.js';
export { MathMarkdown } from '../math/MathMarkdown.js';
