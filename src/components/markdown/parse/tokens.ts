/** Where `[text][label]` leads, by label as `normalizeLabel` makes it. */
export type ReferenceLinks = ReadonlyMap<string, Target>;

/** Where a link or an image leads. Not checked. */
export interface Target {
  address: string;
  title: string | undefined;
}

/** Text whose inline marks are not parsed yet. */
interface InlineSource {
  text: string;
  /** It stands at the end of a text that grows: `parseInline` is to close what is half-open. */
  isOpen: boolean;
}

export interface Paragraph extends InlineSource {
  type: 'paragraph';
}

export interface Heading extends InlineSource {
  type: 'heading';
  /** 1 to 6. */
  level: number;
}

export interface Code {
  type: 'code';
  text: string;
  /** What stands behind the opening fence, such as the name of a language; empty without one. */
  info: string;
}

export interface Quote {
  type: 'quote';
  blocks: Block[];
}

export interface List {
  type: 'list';
  /** What tells its items from those of another list: `-`, `*`, `+`, `.` or `)`. */
  mark: string;
  /** Number of the first item; undefined where items have none. */
  start: number | undefined;
  /** Blank lines stand between its items or within one. */
  isLoose: boolean;
  items: Item[];
}

export interface Item {
  blocks: Block[];
  /** Whether it is ticked; undefined where it is no task. */
  isDone: boolean | undefined;
}

export interface Table {
  type: 'table';
  columns: (ColumnAlignment | undefined)[];
  /** As many cells as columns in each. The first row is the header. */
  rows: string[][];
  /** The column of a cell in the last row that stands at the end of a text that grows. */
  openColumn: number | undefined;
}

export type ColumnAlignment = 'left' | 'center' | 'right';

/** Text to be shown as it stands: raw HTML, and what is beyond a limit. */
export interface Plain {
  type: 'plain';
  text: string;
}

/** Link definitions, of which nothing is shown. The first of a label is the one that counts. */
export interface Definitions {
  type: 'definitions';
  links: [label: string, target: Target][];
}

export type Block =
  Paragraph | Heading | Code | Quote | List | Table | Plain | Definitions | { type: 'rule' };

/** What stands in a line. Text is as it is read: escapes and character references are resolved. */
export type Inline =
  | { type: 'text' | 'code'; text: string }
  | { type: 'em' | 'strong' | 'del'; inlines: Inline[] }
  | ({ type: 'link'; inlines: Inline[] } & Target)
  | ({ type: 'image'; alt: string } & Target)
  | { type: 'break' };
