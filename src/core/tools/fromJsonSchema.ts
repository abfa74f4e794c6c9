/** A schema in JSON Schema, draft 2020-12 or 7, as a value. Written in place or `as const`, types follow from it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/**
 * The type of the values that a JSON Schema lets in. Knows type (also a list of types), enum, const, properties, required,
 * additionalProperties, items, prefixItems, anyOf, oneOf, allOf, nullable and $ref to `#` and `#/$defs` or
 * `#/definitions`; what it does not know is `unknown`, never wrong. A schema that is no literal gives `unknown`.
 */
export type FromJsonSchema<Schema, Root = Schema> = Schema extends false
  ? never
  : Schema extends { readonly $ref: infer Ref }
    ? FromRef<Ref, Root>
    : Schema extends { readonly const: infer Value }
      ? Mutable<Value>
      : Schema extends { readonly enum: readonly (infer Value)[] }
        ? Mutable<Value>
        : Schema extends
              | { readonly anyOf: readonly (infer Option)[] }
              | { readonly oneOf: readonly (infer Option)[] }
          ? Each<Option, Root>
          : Schema extends { readonly allOf: readonly (infer Part)[] }
            ? All<Part, Root>
            : Schema extends { readonly type: infer Type }
              ? | FromType<Schema, Type extends readonly (infer Name)[] ? Name : Type, Root>
                | Nullable<Schema>
              : Schema extends { readonly properties: object }
                ? FromObject<Schema, Root>
                : unknown;

type FromType<Schema, Name, Root> = Name extends 'string'
  ? string
  : Name extends 'number' | 'integer'
    ? number
    : Name extends 'boolean'
      ? boolean
      : Name extends 'null'
        ? null
        : Name extends 'array'
          ? FromList<Schema, Root>
          : Name extends 'object'
            ? FromObject<Schema, Root>
            : unknown;

type FromObject<Schema, Root> = Flat<
  (Schema extends { readonly properties: infer Properties }
    ? {
        -readonly [
          Key in keyof Properties as Key extends Required_<Schema> ? Key : never
        ]: FromJsonSchema<Properties[Key], Root>;
      } & {
        -readonly [
          Key in keyof Properties as Key extends Required_<Schema> ? never : Key
        ]?: FromJsonSchema<Properties[Key], Root>;
      }
    : unknown) &
    Additional<Schema, Root>
>;

/** With fields of its own, an index signature would have to cover them too: then further fields are left unsaid. */
type Additional<Schema, Root> = Schema extends { readonly properties: object }
  ? unknown
  : Schema extends { readonly additionalProperties: infer Value }
    ? Value extends false
      ? Record<string, never>
      : { [key: string]: Value extends true ? unknown : FromJsonSchema<Value, Root> }
    : { [key: string]: unknown };

type FromList<Schema, Root> = Schema extends {
  readonly prefixItems: infer Items extends readonly unknown[];
}
  ? [
      ...{ -readonly [Index in keyof Items]: FromJsonSchema<Items[Index], Root> },
      ...Rest<Schema, Root>,
    ]
  : Schema extends { readonly items: infer Item }
    ? FromJsonSchema<Item, Root>[]
    : unknown[];

type Rest<Schema, Root> = Schema extends { readonly items: infer Item }
  ? Item extends false
    ? []
    : FromJsonSchema<Item, Root>[]
  : unknown[];

type FromRef<Ref, Root> = Ref extends '#'
  ? FromJsonSchema<Root, Root>
  : Ref extends `#/$defs/${infer Name}`
    ? FromDefinition<Root, '$defs', Name>
    : Ref extends `#/definitions/${infer Name}`
      ? FromDefinition<Root, 'definitions', Name>
      : unknown;

type FromDefinition<Root, Place extends string, Name extends string> =
  Root extends Readonly<Record<Place, Readonly<Record<Name, infer Schema>>>>
    ? FromJsonSchema<Schema, Root>
    : unknown;

type Required_<Schema> = Schema extends { readonly required: readonly (infer Name)[] }
  ? Name
  : never;
type Nullable<Schema> = Schema extends { readonly nullable: true } ? null : never;
type Each<Option, Root> = Option extends unknown ? FromJsonSchema<Option, Root> : never;
type All<Part, Root> = Intersected<
  Part extends unknown ? (part: FromJsonSchema<Part, Root>) => void : never
>;
type Intersected<Functions> = [Functions] extends [(part: infer Whole) => void] ? Whole : never;
type Mutable<Value> = Value extends object
  ? { -readonly [Key in keyof Value]: Mutable<Value[Key]> }
  : Value;
type Flat<Type> = { [Key in keyof Type]: Type[Key] };
