import { AssistantsError, toAssistantsError } from '../client/AssistantsError.js';
import {
  createLazyModule,
  type LazyModule,
  type LazyModuleOptions,
} from '../common/createLazyModule.js';

/**
 * Defines a module that is loaded with the first call of `load`. A failed load is retried for as long as there are
 * subscribers. The `error` of its state has kind 'network' and code 'not_loaded'.
 *
 * @param name Noun phrase for the error message, such as "the message editor".
 */
export function lazyModule<Value>(
  name: string,
  importValue: () => Promise<Value>,
  options?: LazyModuleOptions,
): LazyModule<Value, AssistantsError> {
  return createLazyModule(
    () => importModule(name, importValue, 'Retrying.'),
    toAssistantsError,
    options,
  );
}

/**
 * Imports a module for an action of the user, who can repeat the action when the import fails.
 *
 * @param name Noun phrase for the error message, such as "the message editor".
 * @param advice Last sentence of the error message.
 * @throws AssistantsError of kind 'network' with code 'not_loaded'. Trying again may not help: a page from before an update asks
 *   for files that are gone, and Firefox before 155 remembers that a module has failed until the page is reloaded.
 */
export async function importModule<Value>(
  name: string,
  importValue: () => Promise<Value>,
  advice = 'Try again.',
): Promise<Value> {
  try {
    return await importValue();
  } catch (cause) {
    throw new AssistantsError('network', `Could not load ${name}. ${advice}`, {
      code: 'not_loaded',
      cause,
      retryable: true,
    });
  }
}
