/** Model server of the playground. */
export interface ModelServer {
  baseUrl: string;
  model: string;
  apiKey?: string;
}

/**
 * Reads the model server from the environment variables MODEL_BASE_URL, MODEL and MODEL_API_KEY. Returns undefined without
 * MODEL_BASE_URL.
 *
 * @throws Error if MODEL is missing, because the assistants of the playground name their model.
 */
export function readModelServer(
  env: Readonly<Record<string, string | undefined>>,
): ModelServer | undefined {
  const { MODEL_BASE_URL: baseUrl, MODEL_API_KEY: apiKey, MODEL: model } = env;
  if (!baseUrl) return undefined;
  if (!model)
    throw new Error(
      'MODEL_BASE_URL is set, but MODEL is not. Set MODEL to the name of a model of that server, or unset MODEL_BASE_URL to use the script.',
    );
  return { baseUrl, model, ...(apiKey && { apiKey }) };
}
