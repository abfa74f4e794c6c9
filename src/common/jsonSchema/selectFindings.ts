/** A rule of a JSON Schema that a value violates, in the basic output format of the specification. */
export interface SchemaFinding {
  keyword: string;
  /** JSON pointer to the rule in the schema, with a leading `#`. */
  keywordLocation: string;
  /** JSON pointer to the part of the value, with a leading `#`. */
  instanceLocation: string;
  error: string;
}

/**
 * Selects the findings to report. Omits those that only say that a subschema failed, and those of the options of a union: the
 * union itself is reported instead.
 */
export function selectFindings<Finding extends SchemaFinding>(
  findings: readonly Finding[],
): Finding[] {
  return findings.filter(({ keyword, keywordLocation }) => {
    const isInUnion = /\/(any|one)Of\//.test(keywordLocation);
    if (isInUnion || keyword === 'false') return false;
    const isUnion = /^(any|one)Of$/.test(keyword);
    return isUnion || !hasFindingBelow(keywordLocation, findings);
  });
}

function hasFindingBelow(location: string, findings: readonly SchemaFinding[]): boolean {
  return findings.some(({ keywordLocation }) => keywordLocation.startsWith(`${location}/`));
}
