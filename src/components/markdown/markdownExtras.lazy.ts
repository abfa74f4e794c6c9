import { TableActions, WrapButton } from './blockActions.js';
import { MarkdownImage } from './MarkdownImage.js';

/** Parts of Markdown that are loaded when they are needed: remote images, and the buttons of blocks. */
export const markdownExtras = { MarkdownImage, TableActions, WrapButton };
