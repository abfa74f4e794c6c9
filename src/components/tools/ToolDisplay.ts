import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { isRecord } from '../../common/isRecord.js';
import { truncate } from '../truncate.js';

/** Texts and icon that the calls of a tool are shown with. A `Tool` of `defineTool` is one. */
export interface ToolDisplay {
  /** Name of the function. */
  readonly name: string;
  /** Shown in place of the name. @default the `title` of the input schema, if there is one */
  readonly title?: string | undefined;
  /** Shown on a call that needs approval. */
  readonly description?: string | undefined;
  /** Decorative. @default a wrench */
  readonly icon?: ReactNode;
  /** The titles of its properties are shown in place of the names of the arguments, if it is a JSON Schema. */
  readonly inputSchema?: unknown;
  /** The same for the fields of results. */
  readonly outputSchema?: unknown;
}

/** Texts and icon of a tool, ready to be shown. */
export interface ShownTool {
  /** Title, or the name of the function. */
  title: string;
  /** True if the tool has a title. */
  hasTitle: boolean;
  description: string | undefined;
  icon: ReactNode;
  inputSchema: unknown;
  outputSchema: unknown;
}

/** Maximum length of a description in UTF-16 units. */
const MAX_DESCRIPTION_LENGTH = 300;

/** Provides the tools of the calls inside. */
export const ToolDisplayContext = createContext<readonly ToolDisplay[]>([]);

/**
 * Returns how the calls of a function are shown.
 *
 * @param server Name of the server that runs the call, whose functions are not tools of the application.
 */
export function useShownTool(name: string, server?: string): ShownTool {
  const tools = useContext(ToolDisplayContext);
  return useMemo(
    () => getShownTool(server === undefined ? tools : [], name),
    [tools, name, server],
  );
}

/** Returns how the calls of a function are shown. Titles and descriptions may be those of a server. */
export function getShownTool(tools: readonly ToolDisplay[], name: string): ShownTool {
  const { title, description, icon, inputSchema, outputSchema } = tools.find(
    (tool) => tool.name === name,
  ) ?? { name };
  const shownTitle = toText(title) ?? (isRecord(inputSchema) && toText(inputSchema['title']));
  return {
    title: truncate(shownTitle || name),
    hasTitle: Boolean(shownTitle),
    description: toText(description) && truncate(description ?? '', MAX_DESCRIPTION_LENGTH),
    icon,
    inputSchema,
    outputSchema,
  };
}

/** Returns the title of a property in a JSON Schema, or its name. */
export function getFieldTitle(schema: unknown, name: string): string {
  const properties = isRecord(schema) ? schema['properties'] : undefined;
  const property =
    isRecord(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  return truncate((isRecord(property) && toText(property['title'])) || name);
}

/** Returns a text that is not blank. */
function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
