import { toUnixSeconds } from '../../../common/toUnixSeconds.js';
import { HttpError, shorten } from '../../domain/errors.js';

/** Options for `createModelRoutes`. */
export interface ModelRoutesOptions {
  /** Returns the names of the models. */
  listNames: (signal: AbortSignal) => Promise<readonly string[]>;
  /** Returns the current time in milliseconds. */
  now: () => number;
}

/** Object that `GET /models` lists. */
export interface ModelObject {
  id: string;
  object: 'model';
  created: number;
  owned_by: string;
}

/**
 * Creates the answers of `GET /models` and `GET /models/{model}`. They are not part of the contract: clients of the API call them
 * to check a connection, and to offer a choice of models.
 */
export function createModelRoutes({ listNames, now }: ModelRoutesOptions) {
  const created = toUnixSeconds(now());
  const toObject = (id: string): ModelObject => ({
    id,
    object: 'model',
    created,
    owned_by: 'assistants-react',
  });

  async function tryListNames(signal: AbortSignal): Promise<readonly string[]> {
    try {
      return await listNames(signal);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new HttpError(502, `The models cannot be listed. ${reason}`, { type: 'server_error' });
    }
  }

  return {
    listModels: async (signal: AbortSignal): Promise<{ object: 'list'; data: ModelObject[] }> => ({
      object: 'list',
      data: (await tryListNames(signal)).map(toObject),
    }),

    /** @throws HttpError 404 if no model has this name. */
    async getModel(name: string, signal: AbortSignal): Promise<ModelObject> {
      if ((await tryListNames(signal)).includes(name)) return toObject(name);
      throw new HttpError(404, `The model '${shorten(name)}' does not exist.`, {
        param: 'model',
        code: 'model_not_found',
      });
    },
  };
}
