import type {
  AssistantApiVersion,
  AssistantFieldName,
  AssistantFormSource,
} from '../draft/AssistantDraft.js';
import type { AssistantFormValues } from '../draft/toAssistantValues.js';

/** Data and callbacks of `AssistantForm`. */
export interface AssistantFormOptions {
  /**
   * Assistant to edit, with an `id`, or initial values of a new one. If it changes, fields that the user has not changed show the
   * new values, and the form asks which value to keep for the others. @default none: the form is empty
   */
  assistant?: AssistantFormSource | undefined;
  /**
   * Called with the values when they are valid. `changes` has only the fields that differ from those of `assistant`, for
   * modifyAssistant. `removedFileIds` are files that the user has removed from the vector store of the assistant, for
   * deleteVectorStoreFile. If it returns a promise, the changes leave the draft when that resolves, unless it resolves to false.
   */
  onSubmit: (
    values: AssistantFormValues,
    changes: Partial<AssistantFormValues>,
    removedFileIds: readonly string[],
  ) => void | Promise<unknown>;
  /** Called after the changes have left the draft. */
  onSubmitted?: (() => void) | undefined;
  /**
   * Called before `onSubmit`. Returns the assistant as the server has it now. If the server has changed a field that the user has
   * changed, the form asks the user instead of submitting.
   */
  getLatest?: (() => Promise<AssistantFormSource | undefined>) | undefined;
  /** @default false */
  isSubmitting?: boolean | undefined;
  /** Error of the last submit. */
  error?: string | undefined;
  /** Field that the error belongs to. @default none: it is shown above the buttons */
  errorField?: AssistantFieldName | undefined;
  /** Version of the API, which decides about the fields. @default 'v2' */
  apiVersion?: AssistantApiVersion | undefined;
  /** Text with the changes of the user, as `onDraftChange` has reported it. @default the form holds it */
  draft?: string | undefined;
  /** Called with each change. The text is empty if nothing is unsaved. */
  onDraftChange?: ((draft: string) => void) | undefined;
}
