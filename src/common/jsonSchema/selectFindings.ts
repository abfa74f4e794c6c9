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
  const parents = new Set(findings.flatMap(({ keywordLocation }) => listParents(keywordLocation)));
  return findings.filter(({ keyword, keywordLocation }) => {
    const isInUnion = /\/(any|one)Of\//.test(keywordLocation);
    if (isInUnion || keyword === 'false') return false;
    const isUnion = /^(any|one)Of$/.test(keyword);
    return isUnion || !parents.has(keywordLocation);
  });
}

/** Lists the locations above a location: `#/allOf/0/type` gives `#`, `#/allOf` and `#/allOf/0`. */
function listParents(location: string): string[] {
  const keys = location.split('/');
  return keys.slice(1).map((_, index) => keys.slice(0, index + 1).join('/'));
}
