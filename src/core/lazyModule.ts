import { AssistantsError, toAssistantsError } from '../client/AssistantsError.js';
import {
  createLazyModule,
  type LazyModule,
  type LazyModuleOptions,
} from '../common/createLazyModule.js';

/**
 * Defines a module that is loaded with the first call of `load`. A failed load is retried for as long as there are
 * subscribers. The `error` of its state has kind 'network'.
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
 * @throws AssistantsError of kind 'network'
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
      cause,
      retryable: true,
    });
  }
}
