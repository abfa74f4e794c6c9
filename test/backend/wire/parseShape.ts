/** A type of the wire, read from its notation. */
export type Shape =
  | { kind: 'name'; name: string }
  | { kind: 'word'; word: string }
  | { kind: 'list'; of: Shape }
  | { kind: 'union'; of: Shape[] }
  | { kind: 'object'; fields: Map<string, { isRequired: boolean; shape: Shape }> };

/**
 * Reads a type written like one of TypeScript: `{ id: string, usage?: Usage | null, tools: (A | B)[], object: 'thread' }`.
 * A name is a primitive, or a type that is known under it.
 */
export function parseShape(text: string): Shape {
  const tokens = text.match(/'[^']*'|\w+\??|[{}()[\],:|]/g) ?? [];
  let at = 0;
  const isNext = (token: string) => tokens[at] === token;
  const take = (): string => {
    const token = tokens[at++];
    if (token === undefined) throw new Error(`The shape ends too early: ${text}`);
    return token;
  };
  const expect = (token: string): void => {
    const taken = take();
    if (taken !== token) throw new Error(`Expected ${token}, found ${taken} in the shape: ${text}`);
  };

  function union(): Shape {
    if (isNext('|')) take();
    const of = [list()];
    while (isNext('|')) {
      take();
      of.push(list());
    }
    return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'union', of };
  }
  function list(): Shape {
    let shape = single();
    while (isNext('[')) {
      take();
      expect(']');
      shape = { kind: 'list', of: shape };
    }
    return shape;
  }
  function single(): Shape {
    const token = take();
    if (token === '{') return object();
    if (token.startsWith("'")) return { kind: 'word', word: token.slice(1, -1) };
    if (token !== '(') return { kind: 'name', name: token };
    const inner = union();
    expect(')');
    return inner;
  }
  function object(): Shape {
    const fields: (Shape & { kind: 'object' })['fields'] = new Map();
    while (!isNext('}')) {
      const name = take();
      expect(':');
      fields.set(name.replace('?', ''), { isRequired: !name.endsWith('?'), shape: union() });
      if (!isNext('}')) expect(',');
    }
    take();
    return { kind: 'object', fields };
  }

  const shape = union();
  if (at < tokens.length) throw new Error(`Something follows the shape: ${text}`);
  return shape;
}

/** What keeps a value from being of a shape, each with its place; empty when nothing does. */
export function findShapeViolations(
  shape: Shape,
  value: unknown,
  known: ReadonlyMap<string, Shape>,
  place = '',
): string[] {
  switch (shape.kind) {
    case 'word':
      return value === shape.word
        ? []
        : [`${place}: ${JSON.stringify(value)} is not '${shape.word}'`];
    case 'list':
      if (!Array.isArray(value)) return [`${place}: not a list`];
      return value.flatMap((item, index) =>
        findShapeViolations(shape.of, item, known, `${place}[${index}]`),
      );
    case 'union': {
      const faults = shape.of.map((one) => findShapeViolations(one, value, known, place));
      // The alternative that fits best tells the most.
      return faults.reduce((best, one) => (one.length < best.length ? one : best));
    }
    case 'object': {
      if (!isObject(value)) return [`${place}: ${JSON.stringify(value)} is not an object`];
      const fields = [...shape.fields].flatMap(([name, field]) => {
        if (!Object.hasOwn(value, name))
          return field.isRequired ? [`${place}.${name}: missing`] : [];
        return findShapeViolations(field.shape, value[name], known, `${place}.${name}`);
      });
      const unknown = Object.keys(value).filter((name) => !shape.fields.has(name));
      return [...fields, ...unknown.map((name) => `${place}.${name}: not a name of this version`)];
    }
    case 'name': {
      const other = known.get(shape.name);
      if (other !== undefined) return findShapeViolations(other, value, known, place);
      return isPrimitive(shape.name, value)
        ? []
        : [`${place}: ${JSON.stringify(value)} is not ${shape.name}`];
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
      throw new Error(`No shape is known as ${name}.`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
