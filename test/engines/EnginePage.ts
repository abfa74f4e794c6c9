/** Key with a name of its own. */
export type NamedKey = 'Enter' | 'F6';

/** A page of a browser, with the few actions that every engine can be asked for. */
export interface EnginePage {
  goto: (url: string) => Promise<void>;
  reload: () => Promise<void>;
  /** Runs a script in the page and returns its result, which must be JSON. */
  run: (script: string) => Promise<unknown>;
  /** Clicks the center of the first element. */
  click: (selector: string) => Promise<void>;
  /** Types into the element with the focus. */
  type: (text: string) => Promise<void>;
  press: (key: NamedKey) => Promise<void>;
  /** Turns the wheel over the center of the first element. */
  wheel: (selector: string, deltaY: number) => Promise<void>;
  /** Closes the page and its browser. */
  close: () => Promise<void>;
}

export const VIEWPORT = { width: 900, height: 800 } as const;
