/** Names of languages by the name of their grammar or their fence, as far as a capital letter is not enough. */
const NAMES: Readonly<Record<string, string>> = {
  cpp: 'C++',
  csharp: 'C#',
  css: 'CSS',
  graphql: 'GraphQL',
  html: 'HTML',
  ini: 'INI',
  javascript: 'JavaScript',
  json: 'JSON',
  jsx: 'JSX',
  php: 'PHP',
  scss: 'SCSS',
  sql: 'SQL',
  svg: 'SVG',
  toml: 'TOML',
  tsx: 'TSX',
  typescript: 'TypeScript',
  vue: 'Vue',
  xml: 'XML',
  yaml: 'YAML',
};

/**
 * Returns the name of a language for the user.
 *
 * @param language Language that the fence names.
 * @param grammarName Name of its grammar. Undefined if there is none.
 */
export function getLanguageName(
  language: string | undefined,
  grammarName: string | undefined,
): string | undefined {
  const fence = language?.toLowerCase() ?? '';
  if (Object.hasOwn(NAMES, fence)) return NAMES[fence];
  if (grammarName === undefined) return undefined;
  if (Object.hasOwn(NAMES, grammarName)) return NAMES[grammarName];
  return grammarName.charAt(0).toUpperCase() + grammarName.slice(1);
}
