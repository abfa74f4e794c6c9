/** One finding of a JSON Schema validator, in the words of the basic output format. */
export interface SchemaFinding {
  keyword: string;
  /** Where the schema says it, as a JSON pointer after `#`. */
  keywordLocation: string;
  /** Where the value does not follow, likewise. */
  instanceLocation: string;
  error: string;
}

/** The findings that say something: not that there are others below, and of a union that nothing of it fits. */
export function selectFindings<Finding extends SchemaFinding>(
  findings: readonly Finding[],
): Finding[] {
  return findings.filter(({ keyword, keywordLocation }) => {
    if (/\/(any|one)Of\//.test(keywordLocation) || keyword === 'false') return false;
    return (
      /^(any|one)Of$/.test(keyword) ||
      !findings.some((other) => other.keywordLocation.startsWith(`${keywordLocation}/`))
    );
  });
}

/** The keys of a JSON pointer, which may begin with `#`. */
export function parsePointer(pointer: string): string[] {
  const steps = pointer.replace(/^#?\/?/, '');
  return steps === ''
    ? []
    : steps
        .split('/')
        .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
}
