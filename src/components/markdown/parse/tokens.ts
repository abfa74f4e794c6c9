/** Link definitions by normalized label. */
export type LinkDefinitions = ReadonlyMap<string, Target>;

/** Target of a link or an image. Not validated. */
export interface Target {
  address: string;
  title: string | undefined;
}

/** Text with inline markdown that is not parsed yet. */
interface InlineSource {
  text: string;
  /** The text is the end of a growing text: `parseInline` closes what is open at its end. */
  isUnfinished: boolean;
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
  /** Info string of the fence as written, such as a language. Empty if there is none. */
  info: string;
}

export interface Quote {
  type: 'quote';
  blocks: Block[];
}

export interface List {
  type: 'list';
  /** Last character of its markers: `-`, `*`, `+`, `•`, `.` or `)`. Items with another one belong to another list. */
  delimiter: string;
  /** Number of the first item. Undefined for bullet lists. */
  start: number | undefined;
  /** Blank lines separate its items or the blocks of an item. */
  isLoose: boolean;
  items: ListItem[];
}

export interface ListItem {
  blocks: Block[];
  /** State of the task. Undefined if the item is not a task. */
  isChecked: boolean | undefined;
}

export interface Table {
  type: 'table';
  columns: (ColumnAlignment | undefined)[];
  /** Rows with one cell per column. The first row is the header. */
  rows: string[][];
  /** Column of the cell in the last row that is the end of a growing text. */
  unfinishedColumn: number | undefined;
}

export type ColumnAlignment = 'left' | 'center' | 'right';

export interface ThematicBreak {
  type: 'thematicBreak';
}

/** Text that is rendered as written: raw HTML, and text beyond a limit. */
export interface Plain {
  type: 'plain';
  text: string;
}

/** Link definitions, which are not rendered. Targets are as written: `decodeTarget` resolves escapes. */
export interface Definitions {
  type: 'definitions';
  /** In text order. The first definition of a label counts. */
  links: [label: string, target: Target][];
}

export type Block =
  Paragraph | Heading | Code | Quote | List | Table | ThematicBreak | Plain | Definitions;

/** Inline content. Escapes and character references are resolved. */
export type Inline =
  | { type: 'text' | 'code'; text: string }
  | { type: 'em' | 'strong' | 'del'; inlines: Inline[] }
  | ({ type: 'link'; inlines: Inline[] } & Target)
  | ({ type: 'image'; alt: string } & Target)
  | { type: 'break' };
