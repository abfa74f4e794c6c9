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
 * Selects the findings to report. Omits those that only say that a subschema failed. Of a union, reports the findings of
 * the option that the value was meant for: the only one with the right type and constants. Otherwise, reports the union.
 */
export function selectFindings<Finding extends SchemaFinding>(
  findings: readonly Finding[],
): Finding[] {
  const parents = new Set(findings.flatMap(({ keywordLocation }) => listParents(keywordLocation)));
  const meantOptions = findMeantOptions(findings);
  return findings.filter((finding) => {
    if (finding.keyword === 'false') return false;
    // The findings of `then` or `else` say why.
    if (finding.keyword === 'if' && hasBranch(parents, finding)) return false;
    const isMeant = listOptions(finding).every(({ union, option }) => {
      return !meantOptions.has(union) || meantOptions.get(union) === option;
    });
    if (!isMeant) return false;
    if (isUnion(finding)) return meantOptions.get(getKey(finding)) === undefined;
    return !parents.has(finding.keywordLocation);
  });
}

function hasBranch(parents: ReadonlySet<string>, { keywordLocation }: SchemaFinding): boolean {
  const schema = keywordLocation.replace(/\/if$/, '');
  return parents.has(`${schema}/then`) || parents.has(`${schema}/else`);
}

/** Returns the options that the value was meant for by the key of their union. Undefined for a union without such an option. */
function findMeantOptions(findings: readonly SchemaFinding[]): Map<string, string | undefined> {
  const candidates = new Map<string, Map<string, boolean>>();
  for (const finding of findings) if (isUnion(finding)) candidates.set(getKey(finding), new Map());
  for (const finding of findings)
    for (const { union, option, depth } of listOptions(finding)) {
      const isMeant = candidates.get(union)?.get(option) ?? true;
      candidates.get(union)?.set(option, isMeant && !isOfOtherOption(finding, depth));
    }
  return new Map(
    [...candidates].map(([union, options]) => {
      const meant = [...options].filter(([, isMeant]) => isMeant);
      return [union, meant.length === 1 ? meant[0]?.[0] : undefined] as const;
    }),
  );
}

/** Returns true for a wrong type of the value, and for a wrong constant in the value or one of its members. */
function isOfOtherOption({ keyword }: SchemaFinding, depth: number): boolean {
  if (keyword === 'type') return depth === 0;
  return (keyword === 'const' || keyword === 'enum') && depth <= 1;
}

/** Lists the options of unions that a finding may belong to. `depth` is the distance of its value from the value of the union. */
function listOptions({
  keywordLocation,
  instanceLocation,
}: SchemaFinding): { union: string; option: string; depth: number }[] {
  const instances = [instanceLocation, ...listParents(instanceLocation).toReversed()];
  return [...keywordLocation.matchAll(/\/(?:any|one)Of\/(\d+)(?=\/)/g)].flatMap((match) => {
    const [text, option = ''] = match;
    const location = keywordLocation.slice(0, match.index + text.length - option.length - 1);
    return instances.map((instance, depth) => ({
      union: getKey({ keywordLocation: location, instanceLocation: instance }),
      option,
      depth,
    }));
  });
}

function getKey(finding: Pick<SchemaFinding, 'keywordLocation' | 'instanceLocation'>): string {
  return `${finding.keywordLocation} ${finding.instanceLocation}`;
}

function isUnion({ keyword }: SchemaFinding): boolean {
  return keyword === 'anyOf' || keyword === 'oneOf';
}

/** Lists the locations above a location: `#/allOf/0/type` gives `#`, `#/allOf` and `#/allOf/0`. */
function listParents(location: string): string[] {
  const keys = location.split('/');
  return keys.slice(1).map((_, index) => keys.slice(0, index + 1).join('/'));
}
