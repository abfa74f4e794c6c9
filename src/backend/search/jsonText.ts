/** Deeper than this, a value is written as JSON. */
const MAX_DEPTH = 32;

/**
 * JSON as text, a line a value, each with its path: `menu[0].tea: green`. Takes JSON lines too. Undefined when it is
 * neither.
 */
export function jsonText(json: string): string | undefined {
  const whole = parse(json);
  if (whole !== undefined) return lines('', whole.value, 0).join('\n');
  const values = json
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parse);
  if (values.length === 0 || values.includes(undefined)) return undefined;
  return values.flatMap((parsed, index) => lines(`[${index}]`, parsed?.value, 0)).join('\n');
}

function parse(json: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(json) };
  } catch {
    return undefined;
  }
}

function lines(path: string, value: unknown, depth: number): string[] {
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [path === '' ? text : `${path}: ${text}`];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => lines(`${path}[${index}]`, item, depth + 1));
  return Object.entries(value).flatMap(([key, item]) => lines(path === '' ? key : `${path}.${key}`, item, depth + 1));
}
