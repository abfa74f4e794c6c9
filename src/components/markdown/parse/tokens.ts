/** Link definitions by normalized label. */
export type ReferenceLinks = ReadonlyMap<string, Target>;

/** Target of a link or an image. Not validated. */
export interface Target {
  address: string;
  title: string | undefined;
}

/** Text with unparsed inline markdown. */
interface InlineSource {
  text: string;
  /** The text is the end of a growing text: `parseInline` closes unclosed marks. */
  isOpen: boolean;
}

export interface Paragraph extends InlineSource {
  type: 'paragraph';
}

export interface Heading extends InlineSource {
  type: 'heading';
  /** From 1 to 6. */
  level: number;
}

export interface Code {
  type: 'code';
  text: string;
  /** Info string after the opening fence, such as a language. Empty if there is none. */
  info: string;
}

export interface Quote {
  type: 'quote';
  blocks: Block[];
}

export interface List {
  type: 'list';
  /** The marker, which separates lists: `-`, `*`, `+`, `.` or `)`. */
  mark: string;
  /** Number of the first item. Undefined for bullet lists. */
  start: number | undefined;
  /** Blank lines separate its items or the blocks of an item. */
  isLoose: boolean;
  items: Item[];
}

export interface Item {
  blocks: Block[];
  /** State of the task. Undefined if the item is not a task. */
  isDone: boolean | undefined;
}

export interface Table {
  type: 'table';
  columns: (ColumnAlignment | undefined)[];
  /** Rows with one cell per column. The first row is the header. */
  rows: string[][];
  /** Column of the last cell, if the table is the end of a growing text. */
  openColumn: number | undefined;
}

export type ColumnAlignment = 'left' | 'center' | 'right';

/** Text that is rendered unparsed: raw HTML, and text beyond a limit. */
export interface Plain {
  type: 'plain';
  text: string;
}

/** Link definitions. They are not rendered. The first definition of a label counts. */
export interface Definitions {
  type: 'definitions';
  links: [label: string, target: Target][];
}

export type Block =
  Paragraph | Heading | Code | Quote | List | Table | Plain | Definitions | { type: 'rule' };

/** Inline content. Escapes and character references in text are resolved. */
export type Inline =
  | { type: 'text' | 'code'; text: string }
  | { type: 'em' | 'strong' | 'del'; inlines: Inline[] }
  | ({ type: 'link'; inlines: Inline[] } & Target)
  | ({ type: 'image'; alt: string } & Target)
  | { type: 'break' };
