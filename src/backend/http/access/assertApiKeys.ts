/**
 * Checks the API keys of a configuration.
 * @throws TypeError if a key is empty, undefined or cannot be sent in a header. A missing environment variable must not open the
 * server.
 */
export function assertApiKeys(apiKeys: unknown): void {
  if (apiKeys === undefined) return;
  if (!Array.isArray(apiKeys)) {
    throw new TypeError(
      '`apiKeys` must be a list of strings. Pass for example [process.env.API_KEY].',
    );
  }
  for (const [index, key] of apiKeys.entries()) {
    if (typeof key !== 'string')
      throw invalidKey(index, `is ${key === null ? 'null' : typeof key}, not a string`);
    if (key.trim() === '') throw invalidKey(index, 'is empty');
    if (key.trim() !== key || !/^[\x20-\x7e]+$/.test(key))
      throw invalidKey(
        index,
        'has spaces around it or characters that are not ASCII, which headers cannot carry',
      );
  }
}

function invalidKey(index: number, problem: string): TypeError {
  return new TypeError(
    `\`apiKeys[${index}]\` ${problem}. Is an environment variable missing? Leave \`apiKeys\` out to accept requests without a key.`,
  );
}
