/**
 * Type of the values that a JSON Schema accepts. Supports type (also several types), enum, const, properties, required,
 * additionalProperties, items, prefixItems, anyOf, oneOf, allOf, nullable, and $ref to `#`, `#/$defs/…` and `#/definitions/…`.
 * Other keywords do not narrow the type. A schema that is not a literal gives `unknown`.
 */
export type FromJsonSchema<Schema, Root = Schema> = Schema extends false
  ? never
  : Schema extends { readonly $ref: infer Ref }
    ? FromReference<Ref, Root>
    : Schema extends { readonly const: infer Value }
      ? Mutable<Value>
      : Schema extends { readonly enum: readonly (infer Value)[] }
        ? Mutable<Value>
        : Schema extends
              | { readonly anyOf: readonly (infer Option)[] }
              | { readonly oneOf: readonly (infer Option)[] }
          ? FromUnion<Option, Root>
          : Schema extends { readonly allOf: readonly (infer Member)[] }
            ? FromIntersection<Member, Root>
            : Schema extends { readonly type: infer Type }
              ? | FromType<Schema, Type extends readonly (infer Name)[] ? Name : Type, Root>
                | NullIfNullable<Schema>
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
          ? FromArray<Schema, Root>
          : Name extends 'object'
            ? FromObject<Schema, Root>
            : unknown;

type FromObject<Schema, Root> = Flatten<
  (Schema extends { readonly properties: infer Properties }
    ? {
        -readonly [
          Key in keyof Properties as Key extends RequiredKey<Schema> ? Key : never
        ]: FromJsonSchema<Properties[Key], Root>;
      } & {
        -readonly [
          Key in keyof Properties as Key extends RequiredKey<Schema> ? never : Key
        ]?: FromJsonSchema<Properties[Key], Root>;
      }
    : unknown) &
    AdditionalProperties<Schema, Root>
>;

/** Index signature of an object. Omitted if the object has named properties, because it would have to cover them, too. */
type AdditionalProperties<Schema, Root> = Schema extends { readonly properties: object }
  ? unknown
  : Schema extends { readonly additionalProperties: infer Value }
    ? Value extends false
      ? Record<string, never>
      : { [key: string]: Value extends true ? unknown : FromJsonSchema<Value, Root> }
    : { [key: string]: unknown };

type FromArray<Schema, Root> = Schema extends {
  readonly prefixItems: infer Items extends readonly unknown[];
}
  ? [
      ...{ -readonly [Index in keyof Items]: FromJsonSchema<Items[Index], Root> },
      ...RestItems<Schema, Root>,
    ]
  : Schema extends { readonly items: infer Item }
    ? FromJsonSchema<Item, Root>[]
    : unknown[];

type RestItems<Schema, Root> = Schema extends { readonly items: infer Item }
  ? Item extends false
    ? []
    : FromJsonSchema<Item, Root>[]
  : unknown[];

type FromReference<Ref, Root> = Ref extends '#'
  ? FromJsonSchema<Root, Root>
  : Ref extends `#/$defs/${infer Name}`
    ? FromDefinition<Root, '$defs', Name>
    : Ref extends `#/definitions/${infer Name}`
      ? FromDefinition<Root, 'definitions', Name>
      : unknown;

type FromDefinition<Root, Keyword extends string, Name extends string> =
  Root extends Readonly<Record<Keyword, Readonly<Record<Name, infer Schema>>>>
    ? FromJsonSchema<Schema, Root>
    : unknown;

type RequiredKey<Schema> = Schema extends { readonly required: readonly (infer Name)[] }
  ? Name
  : never;
type NullIfNullable<Schema> = Schema extends { readonly nullable: true } ? null : never;
/** Union of the types of the options. */
type FromUnion<Option, Root> = Option extends unknown ? FromJsonSchema<Option, Root> : never;
type FromIntersection<Member, Root> = Intersect<
  Member extends unknown ? (value: FromJsonSchema<Member, Root>) => void : never
>;
/** Intersection of the parameters of a union of functions. */
type Intersect<Functions> = [Functions] extends [(value: infer Value) => void] ? Value : never;
type Mutable<Value> = Value extends object
  ? { -readonly [Key in keyof Value]: Mutable<Value[Key]> }
  : Value;
/** Merges an intersection into one object type, for readable tooltips. */
type Flatten<Type> = { [Key in keyof Type]: Type[Key] };
