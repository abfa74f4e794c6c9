import { isRecord } from '../common/isRecord.js';
import { getOwn, resolveReference } from '../common/jsonSchema/resolveReference.js';
import type { SchemaFormProblem } from '../components/tools/SchemaFormProps.js';
import type { JsonSchema } from '../protocol/ToolCall.js';

/** Maximum nesting of schemas, including references and unions. */
const MAX_DEPTH = 60;
/** Maximum work, in schemas. A schema counts once for each level above it, because the form library resolves it there, too. */
const MAX_WORK = 12_000;
/** Options of a select, and characters of the value, that take as much work as a schema. */
const OPTIONS_PER_STEP = 2;
const CHARACTERS_PER_STEP = 1_000;
/** Work of the buttons of an item. */
const ITEM_STEPS = 4;
/** Unit of the work of a cycle of references. */
const CYCLE_STEPS = 8;
/** Work of a value without a type in its schema, whose type the user can choose. */
const UNTYPED_STEPS = 30;

/** Work that was counted so far. */
interface Walk {
  root: JsonSchema;
  work: number;
}

/** The way from a reference to a schema below it. */
interface Passage {
  /** Leads into a property or an item that the value does not have. */
  isBelow: boolean;
  /** Leads through a keyword at which the form library does not notice that a reference repeats itself. */
  isHidden: boolean;
  /** Leads through something that the user has to choose or add first. */
  isChosen: boolean;
  /** Leads through an object that is not a reference, below which the form library expands the cycle twice. */
  isNested: boolean;
  /** Number of places below at which the reference repeats itself. */
  repeats: { count: number };
}

interface Place {
  /** Undefined where the value has nothing yet. */
  value: unknown;
  depth: number;
  /** References that led here, without a step into the value. */
  references: ReadonlyMap<string, Passage>;
}

class FormProblem extends Error {
  constructor(readonly problem: SchemaFormProblem) {
    super(problem);
  }
}

/**
 * Counts the work of a form before it is rendered. Follows the schema as the form library does: through references, into all
 * options of unions and all items of the value. Returns the reason why the form cannot be rendered, or undefined if it can.
 */
export function findFormProblem(root: JsonSchema, value: unknown): SchemaFormProblem | undefined {
  try {
    visit({ root, work: 0 }, root, { value, depth: 0, references: new Map() });
    return undefined;
  } catch (error) {
    if (error instanceof FormProblem) return error.problem;
    throw error;
  }
}

function spend(walk: Walk, steps: number): void {
  walk.work += steps;
  if (walk.work > MAX_WORK) throw new FormProblem('large');
}

function visit(walk: Walk, schema: unknown, { value: given, ...way }: Place): void {
  const value = given === undefined ? getOwn(schema, 'default') : given;
  const place: Place = { ...way, value };
  if (place.depth > MAX_DEPTH) throw new FormProblem('deep');
  const length = typeof value === 'string' ? value.length : 0;
  spend(walk, 1 + place.depth + length / CHARACTERS_PER_STEP);
  if (value !== undefined && getOwn(schema, 'type') === undefined) spend(walk, UNTYPED_STEPS);
  if (isRecord(schema)) {
    if (Array.isArray(schema['enum'])) spend(walk, schema['enum'].length / OPTIONS_PER_STEP);
    visitReference(walk, schema['$ref'], place);
    for (const variant of listAlways(schema)) visit(walk, variant, enter(place, {}));
    for (const option of listOptions(schema)) visit(walk, option, enter(place, { isChosen: true }));
    visitProperties(walk, schema, place);
    visitItems(walk, schema, place);
  } else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) visit(walk, true, descend(place, member));
  }
}

function visitReference(walk: Walk, reference: unknown, place: Place): void {
  if (typeof reference !== 'string') return;
  const passage = place.references.get(reference);
  if (passage) {
    const isEndless = !passage.isBelow || (passage.isHidden && !passage.isChosen);
    if (isEndless) throw new FormProblem('endless');
    const length = place.references.size - [...place.references.keys()].indexOf(reference);
    spendCycle(walk, passage.isNested ? 2 * length : length, passage);
    return;
  }
  const target = resolveReference(walk.root, reference);
  if (target === undefined) throw new FormProblem('invalid');
  const repeats = { count: 0 };
  const start = { isBelow: false, isHidden: false, isChosen: false, isNested: false, repeats };
  const references = new Map(place.references).set(reference, start);
  visit(walk, target, { ...place, depth: place.depth + 1, references });
}

/**
 * Adds the work of a place at which a reference repeats itself. `length` is the number of references of the cycle. The library
 * expands the cycle again for each of them, at every such place, and then again below: with three places, a cycle of two
 * references takes three times three expansions. The work of a single expansion grows with the length, too.
 */
function spendCycle(walk: Walk, length: number, { repeats }: Passage): void {
  repeats.count += 1;
  spend(walk, CYCLE_STEPS * (repeats.count ** length + length ** 3));
}

/** Lists the schemas of the same value that are rendered without a choice of the user. */
function listAlways(schema: JsonSchema): unknown[] {
  const { allOf, dependencies } = schema;
  return [
    ...(Array.isArray(allOf) ? (allOf as unknown[]) : []),
    ...listUnions(schema).flatMap((options) => options.slice(0, 1)),
    ...['if', 'then', 'else'].map((keyword) => schema[keyword]).filter(isRecord),
    ...(isRecord(dependencies) ? Object.values(dependencies).filter(isRecord) : []),
  ];
}

/** Lists the options of unions that the user can choose in place of the first ones. */
function listOptions(schema: JsonSchema): unknown[] {
  return listUnions(schema).flatMap((options) => options.slice(1));
}

function listUnions(schema: JsonSchema): unknown[][] {
  return [schema['anyOf'], schema['oneOf']].filter((options) => Array.isArray(options));
}

function visitProperties(walk: Walk, schema: JsonSchema, place: Place): void {
  const { value } = place;
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  if (hasUnusableName(schema, properties)) throw new FormProblem('invalid');
  for (const [name, property] of Object.entries(properties))
    visit(
      walk,
      property,
      descend(place, getOwn(value, name), {
        isHidden: isInline(property),
        isNested: isNested(property),
      }),
    );
  const patterns = isRecord(schema['patternProperties']) ? schema['patternProperties'] : {};
  const others = [schema['additionalProperties'], ...Object.values(patterns)].filter(
    (other) => typeof other === 'object' || other === true,
  );
  const names = isRecord(value) ? Object.keys(value) : [];
  for (const other of others) {
    visit(walk, other, descend(place, undefined, { isChosen: true, isNested: isNested(other) }));
    for (const name of names.filter((key) => !Object.hasOwn(properties, key)))
      visit(walk, other, descend(place, getOwn(value, name)));
  }
}

/** Returns true if the form library has no field for a property: it takes an empty name for the object, and omits `__proto__`. */
function hasUnusableName({ required }: JsonSchema, properties: object): boolean {
  const isRequired = Array.isArray(required) && required.includes('__proto__');
  return Object.hasOwn(properties, '') || (isRequired && Object.hasOwn(properties, '__proto__'));
}

/** Returns true for a schema that is not a reference. The library expands the references below it again with each level. */
function isInline(schema: unknown): boolean {
  return getOwn(schema, '$ref') === undefined;
}

function isNested(schema: unknown): boolean {
  return isInline(schema) && getOwn(schema, 'type') !== 'array';
}

function visitItems(walk: Walk, schema: JsonSchema, place: Place): void {
  const { items, minItems, uniqueItems } = schema;
  const list: readonly unknown[] = Array.isArray(place.value) ? place.value : [];
  const tuple: readonly unknown[] = Array.isArray(items) ? items : [];
  // A tuple has a field for each item, also for those that are missing.
  for (const [index, item] of tuple.entries())
    visit(walk, item, descend(place, list[index], { isHidden: true }));
  const item = Array.isArray(items) ? schema['additionalItems'] : items;
  const options = getOwn(item, 'enum');
  // Each option of a set is a checkbox.
  if (uniqueItems === true && Array.isArray(options)) spend(walk, options.length);
  spend(walk, list.length * ITEM_STEPS);
  for (const member of list.slice(tuple.length)) visit(walk, item, descend(place, member));
  // The library converts a text, and creates items without a schema, too.
  const missing = Number(minItems ?? 0) - list.length;
  if (item === undefined) return spend(walk, Math.max(missing || 0, 0) * ITEM_STEPS);
  visit(walk, item, descend(place, undefined, { isChosen: true, isNested: isNested(item) }));
  for (let count = 0; count < missing; count += 1) {
    spend(walk, ITEM_STEPS);
    visit(walk, item, descend(place, undefined, { isHidden: true }));
  }
}

/** Enters another schema of the same value. */
function enter(place: Place, passage: Partial<Passage>): Place {
  return extend(place, { isHidden: true, isNested: true, ...passage });
}

/** Enters a property or an item. */
function descend(place: Place, value: unknown, passage: Partial<Passage> = {}): Place {
  if (value !== undefined) return { value, depth: place.depth + 1, references: new Map() };
  return { ...extend(place, { isBelow: true, ...passage }), value };
}

function extend({ value, depth, references }: Place, passage: Partial<Passage>): Place {
  const extended = [...references].map(
    ([reference, before]) =>
      [
        reference,
        {
          isBelow: before.isBelow || passage.isBelow === true,
          isHidden: before.isHidden || passage.isHidden === true,
          isChosen: before.isChosen || passage.isChosen === true,
          isNested: before.isNested || passage.isNested === true,
          repeats: before.repeats,
        },
      ] as const,
  );
  return { value, depth: depth + 1, references: new Map(extended) };
}
