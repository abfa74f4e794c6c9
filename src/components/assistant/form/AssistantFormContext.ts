import { createContext, useContext } from 'react';
import type {
  AssistantApiVersion,
  AssistantDraft,
  AssistantFieldName,
  AssistantFormSource,
} from '../draft/AssistantDraft.js';

/** State and actions that the fields of an `AssistantForm` share. */
export interface AssistantFormContextValue {
  apiVersion: AssistantApiVersion;
  /** Assistant of the server, or the initial values of a new one. */
  assistant: AssistantFormSource | undefined;
  /** Draft of the server with the changes of the user. */
  draft: AssistantDraft;
  /** Draft of the assistant on the server. */
  server: AssistantDraft;
  /** Messages to show, by the names of the controls. */
  errors: Readonly<Record<string, string>>;
  /** Fields that the user and the server have changed. */
  conflicts: readonly AssistantFieldName[];
  /** True for an assistant that is not stored yet. */
  isNew: boolean;
  change: <Name extends AssistantFieldName>(
    name: Name,
    getValue: (current: AssistantDraft[Name]) => AssistantDraft[Name],
  ) => void;
  /** Shows the values of the server in place of those of the user. */
  takeTheirs: (names: readonly AssistantFieldName[]) => void;
  /** Keeps the values of the user, which the next submit stores. */
  keepMine: (names: readonly AssistantFieldName[]) => void;
  /** Keeps the form from being submitted until the returned function is called, for example during an upload. */
  holdSubmit: () => () => void;
}

/** Provides the fields of an `AssistantForm`. */
export const AssistantFormContext = createContext<AssistantFormContextValue | undefined>(undefined);

/**
 * Returns the form around a field.
 *
 * @throws Error outside of `AssistantForm`
 */
export function useAssistantForm(component: string): AssistantFormContextValue {
  const form = useContext(AssistantFormContext);
  if (form === undefined)
    throw new Error(
      `${component} must be used inside <AssistantForm>. Render it as a child of the form.`,
    );
  return form;
}
