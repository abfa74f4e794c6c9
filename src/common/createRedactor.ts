/** Removes secrets from texts. */
export interface Redactor {
  /**
   * Replaces secrets in a text by `***`, and cuts it.
   *
   * @param withParts Replaces parts of the given secrets, too, because servers quote the first and last characters of a key that
   *   they reject. @default false
   */
  (text: string, withParts?: boolean): string;
  /** Replaces only the given secrets in a text of any length, and only long ones: short ones match ordinary text. */
  removeSecrets: (text: string) => string;
}

const MIN_SECRET_LENGTH = 4;
const LONG_SECRET_LENGTH = 16;
const MAX_LENGTH = 2_000;

/** Shapes of keys, tokens, organizations and projects. A part that is masked with asterisks counts, too. */
const SHAPES: readonly RegExp[] = [
  // OpenAI, Anthropic, OpenRouter, DeepSeek, Stripe.
  /\b(?:sk|rk|pk|org|proj|sess)[-_][\w*.-]+/g,
  /\bSK-[\w*.-]+/g,
  // Groq, xAI, Perplexity, Cerebras, NVIDIA, Hugging Face, Replicate, Fireworks, Together, Tavily, GitHub, GitLab,
  // Slack, LangSmith, Mailgun.
  /\b(?:gsk|xai|pplx|csk|nvapi|hf|r8|fw|tgp|tvly|gh[a-z]|github_pat|glpat|xox[a-z]|lsv2|key|npm|dop_v1|ms)[-_](?=[\w.-]*\d)[\w.-]{10,}/gi,
  /\bSG\.[\w.-]{16,}/g,
  // AWS, Google, and JSON Web Tokens.
  /\b(?:AKIA|ASIA|ABSK)[A-Za-z0-9+/=]{12,}/g,
  /\b(?:AIza|ya29\.)[\w.-]{16,}/g,
  /\beyJ[\w-]{8,}(?:\.[\w-]*)*/g,
  // Values of headers, of addresses and of queries.
  /\b(?:Bearer|Basic)\s+[^\s"',;]+/gi,
  /(?<=:\/\/)[^\s/@]+(?=@)/g,
  /(?<=[?&](?:api[-_]?key|key|token|access_token|sig|signature|secret)=)[^\s&"']+/gi,
  /(?<=\b(?:api[-_]?key|access[-_]token|client[-_]secret|password|secret)["']?\s?[:=]\s?["']?)(?=[^\s"',;&]*\d)[^\s"',;&]{6,}/gi,
  // Azure, Mistral, Cohere and others: 32 letters and digits or more. Ids of the API have a prefix and are shorter.
  /(?<![\w-])(?=[A-Za-z+/]*\d)(?=[\d+/]*[A-Za-z])[A-Za-z0-9+/]{32,}={0,2}(?![\w-])/g,
  /[\w.-]*\*{3,}(?:[\w.*-]*[\w*-])?/g,
];

const MASKED = /([\w-]*)(?:\.{2,}|…)([\w-]*)/g;

/** Returns a secret in all forms in which a server may quote it: the value of a header, its parts, and encoded. */
function listForms(secret: string): string[] {
  const [, scheme = '', credentials = secret] = /^(\w+)\s+(\S+)$/.exec(secret) ?? [];
  const password = scheme.toLowerCase() === 'basic' ? convert(atob, credentials).split(':') : [];
  const cookies = secret.split(/;\s*/).map((cookie) => cookie.slice(cookie.indexOf('=') + 1));
  const parts = [secret, credentials, password.slice(1).join(':'), ...cookies];
  return parts.flatMap((part) => [
    part,
    convert(encodeURIComponent, part),
    JSON.stringify(part).slice(1, -1),
    convert(btoa, part),
    convert(btoa, `Bearer ${part}`),
    convert(btoa, `:${part}`),
  ]);
}

/** Returns the pattern of texts that are secrets, in upper or lower case. Matches nothing for an empty list. */
function toPattern(secrets: readonly string[]): RegExp {
  const escaped = secrets.map((secret) => secret.replace(/[^\w\s]/g, '\\$&'));
  return new RegExp(escaped.length === 0 ? '(?!)' : escaped.join('|'), 'gi');
}

/** Returns an empty text for a text that has no such form. */
function convert(toForm: (text: string) => string, text: string): string {
  try {
    return toForm(text);
  } catch {
    return '';
  }
}

/** Returns all forms of secrets. Longest first, so that a secret that contains another one is replaced as a whole. */
function sortForms(secrets: readonly string[], minLength: number): string[] {
  return [...new Set(secrets.flatMap(listForms))]
    .filter(({ length }) => length >= minLength)
    .toSorted((one, other) => other.length - one.length);
}

/**
 * Creates a function that replaces the given secrets, and text in the shape of a key.
 *
 * @param values Values that may be secret. They are replaced in errors, but not by `removeSecrets`.
 */
export function createRedactor(
  secrets: readonly string[],
  values: readonly string[] = [],
): Redactor {
  // Very short values match ordinary text.
  const sorted = sortForms([...secrets, ...values], MIN_SECRET_LENGTH);
  const pattern = toPattern(sorted);
  const longPattern = toPattern(sortForms(secrets, LONG_SECRET_LENGTH));
  // Servers show the first and the last characters of a key that they reject.
  const isMasked = (start: string, end: string) =>
    start.length + end.length >= MIN_SECRET_LENGTH &&
    sorted.some((secret) => secret.startsWith(start) && secret.endsWith(end));
  const isPart = (word: string) =>
    word.length >= MIN_SECRET_LENGTH && sorted.some((secret) => secret.includes(word));
  const redact = (text: string, withParts = false): string => {
    const exact = text.replace(pattern, '***');
    // Cut twice: a key that the first cut leaves in part is behind the second one.
    const shapeless = SHAPES.reduce(
      (rest, shape) => rest.replace(shape, '***'),
      exact.slice(0, 2 * MAX_LENGTH),
    );
    const unmasked = shapeless.replace(MASKED, (mask, start: string, end: string) =>
      isMasked(start, end) ? '***' : mask,
    );
    const redacted = withParts
      ? unmasked
          .replace(/[\w-]*\.{3,}[\w-]*/g, '***')
          .replace(/[\w-]+/g, (word) => (isPart(word) ? '***' : word))
      : unmasked;
    return redacted.slice(0, MAX_LENGTH);
  };
  return Object.assign(redact, {
    removeSecrets: (text: string) => text.replace(longPattern, '***'),
  });
}
