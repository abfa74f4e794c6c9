import type { OutputUnit } from '@cfworker/json-schema';
import { parsePointer } from '../../../common/parsePointer.js';
import { requestSchemas } from '../requestSchemas.js';
import type { Json } from './json.js';

/** Violated keyword of a schema, with the rule and the value. */
export interface Violation {
  keyword: string;
  /** JSON pointer of the value in the body. */
  location: string;
  /** Value of the keyword in the schema: the list of an enum, the number of a maximum. */
  rule: unknown;
  value: unknown;
  /** Set if the name of a property is invalid, not its value. */
  isPropertyName: boolean;
}

/** Schema and body that the pointers of the validator refer to. */
interface Sources {
  schema: object;
  body: Json;
}

const UNIONS = new Set(['oneOf', 'anyOf']);
/** Keywords that only report that a nested keyword was violated. */
const WRAPPERS = new Set(['$ref', 'properties', 'items', 'additionalProperties', 'propertyNames']);

/** Selects the most helpful violation to report. */
export function findViolation(
  errors: readonly OutputUnit[],
  schema: object,
  body: Json,
): Violation | undefined {
  return listViolations(errors, { schema, body })[0];
}

/** Lists violations in order. The validator returns a flat list in which each wrapper precedes what it wraps. */
function listViolations(errors: readonly OutputUnit[], sources: Sources): Violation[] {
  const violations: Violation[] = [];
  for (let index = 0; index < errors.length; index++) {
    const error = errors[index];
    if (error === undefined) continue;
    if (UNIONS.has(error.keyword)) {
      const nested = errors
        .slice(index + 1)
        .filter((other) => other.keywordLocation.startsWith(`${error.keywordLocation}/`));
      violations.push(...listUnionViolations(error, nested, sources));
      index += nested.length;
    } else if (!WRAPPERS.has(error.keyword)) {
      violations.push(toViolation(error, sources));
    }
  }
  return violations;
}

function toViolation(error: OutputUnit, { schema, body }: Sources): Violation {
  return {
    keyword: error.keyword,
    location: error.instanceLocation,
    rule: resolveRule(error.keywordLocation, schema),
    value: parsePointer(error.instanceLocation).reduce<unknown>(getChild, body),
    isPropertyName: error.keywordLocation.includes('/propertyNames/'),
  };
}

/**
 * Returns the violation of the branch that the value was probably meant for. If there is none, returns one violation with the
 * rules of all branches.
 */
function listUnionViolations(
  union: OutputUnit,
  errors: readonly OutputUnit[],
  sources: Sources,
): Violation[] {
  const { instanceLocation: location } = union;
  const violations = groupByBranch(union, errors).flatMap((branchErrors) => {
    const found = listViolations(branchErrors, sources);
    // A wrong `type` explains all other violations of a branch.
    return found.find((violation) => isDiscriminator(violation, location)) ?? found[0] ?? [];
  });
  const intended = violations.find((violation) => !rejectsBranch(violation, location));
  if (intended !== undefined) return [intended];
  const representative =
    violations.find((violation) => isDiscriminator(violation, location)) ??
    violations.find(({ keyword, value }) => keyword === 'enum' && typeof value === 'string') ??
    violations[0];
  if (representative === undefined) return [];
  const rule = violations
    .filter(
      (violation) =>
        violation.keyword === representative.keyword &&
        violation.location === representative.location,
    )
    .flatMap((violation) => violation.rule);
  return [{ ...representative, rule }];
}

function groupByBranch(union: OutputUnit, errors: readonly OutputUnit[]): OutputUnit[][] {
  const branches = new Map<string, OutputUnit[]>();
  for (const error of errors) {
    const [branch = ''] = error.keywordLocation
      .slice(union.keywordLocation.length + 1)
      .split('/', 1);
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  return [...branches.values()];
}

/** Returns true if a violation shows that the value was meant for another branch. */
function rejectsBranch(violation: Violation, unionLocation: string): boolean {
  return (
    isDiscriminator(violation, unionLocation) ||
    (violation.location === unionLocation &&
      (violation.keyword === 'type' || violation.keyword === 'enum'))
  );
}

function isDiscriminator(violation: Violation, unionLocation: string): boolean {
  return violation.keyword === 'enum' && violation.location === `${unionLocation}/type`;
}

/** Follows a keyword location through references. */
function resolveRule(location: string, schema: object): unknown {
  return parsePointer(location).reduce<unknown>((parent, key) => {
    const child = getChild(parent, key);
    return key === '$ref' && typeof child === 'string'
      ? requestSchemas.$defs[child.slice('#/$defs/'.length)]
      : child;
  }, schema);
}

function getChild(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}
