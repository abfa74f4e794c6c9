/** Parsed wire type. */
export type Shape =
  | { kind: 'name'; name: string }
  | { kind: 'literal'; value: string }
  | { kind: 'list'; item: Shape }
  | { kind: 'union'; members: Shape[] }
  | { kind: 'object'; fields: Map<string, { isRequired: boolean; shape: Shape }> };

/**
 * Parses a type in TypeScript notation: `{ id: string, usage?: Usage | null, tools: (A | B)[], object: 'thread' }`.
 * A name is a primitive or another shape.
 */
export function parseShape(text: string): Shape {
  const tokens = text.match(/'[^']*'|\w+\??|[{}()[\],:|]/g) ?? [];
  let position = 0;
  const isNext = (token: string) => tokens[position] === token;
  const take = (): string => {
    const token = tokens[position];
    position += 1;
    if (token === undefined) throw new Error(`Unexpected end of the shape: ${text}`);
    return token;
  };
  const expect = (token: string): void => {
    const taken = take();
    if (taken !== token) throw new Error(`Expected ${token}, found ${taken} in the shape: ${text}`);
  };

  function parseUnion(): Shape {
    if (isNext('|')) take();
    const members = [parseList()];
    while (isNext('|')) {
      take();
      members.push(parseList());
    }
    const [first] = members;
    return members.length === 1 && first !== undefined ? first : { kind: 'union', members };
  }
  function parseList(): Shape {
    let shape = parseSingle();
    while (isNext('[')) {
      take();
      expect(']');
      shape = { kind: 'list', item: shape };
    }
    return shape;
  }
  function parseSingle(): Shape {
    const token = take();
    if (token === '{') return parseObject();
    if (token.startsWith("'")) return { kind: 'literal', value: token.slice(1, -1) };
    if (token !== '(') return { kind: 'name', name: token };
    const inner = parseUnion();
    expect(')');
    return inner;
  }
  function parseObject(): Shape {
    const fields: (Shape & { kind: 'object' })['fields'] = new Map();
    while (!isNext('}')) {
      const name = take();
      expect(':');
      fields.set(name.replace('?', ''), { isRequired: !name.endsWith('?'), shape: parseUnion() });
      if (!isNext('}')) expect(',');
    }
    take();
    return { kind: 'object', fields };
  }

  const shape = parseUnion();
  if (position < tokens.length)
    throw new Error(`Unexpected ${tokens[position]} in the shape: ${text}`);
  return shape;
}

/** Returns the differences between a value and a shape, with their paths. `known` holds the named shapes. */
export function findShapeViolations(
  shape: Shape,
  value: unknown,
  known: ReadonlyMap<string, Shape>,
  path = '',
): string[] {
  switch (shape.kind) {
    case 'literal':
      return value === shape.value
        ? []
        : [`${path}: ${JSON.stringify(value)} is not '${shape.value}'`];
    case 'list':
      if (!Array.isArray(value)) return [`${path}: not a list`];
      return value.flatMap((item, index) =>
        findShapeViolations(shape.item, item, known, `${path}[${index}]`),
      );
    case 'union': {
      const violations = shape.members.map((member) =>
        findShapeViolations(member, value, known, path),
      );
      // The violations of the best matching member are the most helpful.
      return violations.reduce((best, other) => (other.length < best.length ? other : best));
    }
    case 'object': {
      if (!isObject(value)) return [`${path}: ${JSON.stringify(value)} is not an object`];
      const fields = [...shape.fields].flatMap(([name, field]) => {
        if (!Object.hasOwn(value, name))
          return field.isRequired ? [`${path}.${name}: missing`] : [];
        return findShapeViolations(field.shape, value[name], known, `${path}.${name}`);
      });
      const unknown = Object.keys(value).filter((name) => !shape.fields.has(name));
      return [...fields, ...unknown.map((name) => `${path}.${name}: unknown in this version`)];
    }
    case 'name': {
      const other = known.get(shape.name);
      if (other !== undefined) return findShapeViolations(other, value, known, path);
      return isPrimitive(shape.name, value)
        ? []
        : [`${path}: ${JSON.stringify(value)} is not ${shape.name}`];
    }
  }
}

function isPrimitive(name: string, value: unknown): boolean {
  switch (name) {
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'map':
      return isObject(value);
    case 'texts':
      return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === name;
    default:
      throw new Error(`Unknown shape ${name}.`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
