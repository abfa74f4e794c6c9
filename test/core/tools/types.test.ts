import { expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import {
  defineTool,
  type Tool,
  type ToolInput,
  type ToolRenderProps,
  type ToolValue,
} from '../../../src/core/tools/defineTool.js';
import type { FromJsonSchema } from '../../../src/core/tools/fromJsonSchema.js';
import type { ToolCall } from '../../../src/core/tools/toolCall.js';

test('the input of a handler follows from a schema of zod, after its transforms', () => {
  const tool = defineTool({
    name: 'book',
    run: 'confirm',
    parameters: z.object({
      day: z.string().transform((day) => new Date(day)),
      seats: z.number().default(1),
      note: z.string().optional(),
    }),
    output: z.object({ price: z.string().transform(Number) }),
    execute(input, { ask, signal }) {
      expectTypeOf(input).toEqualTypeOf<{ day: Date; seats: number; note?: string | undefined }>();
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
      expectTypeOf(ask(z.object({ sure: z.boolean() }))).toEqualTypeOf<
        Promise<{ sure: boolean }>
      >();
      expectTypeOf(ask({ enum: ['window', 'aisle'] })).toEqualTypeOf<Promise<'window' | 'aisle'>>();
      return { price: '12' };
    },
  });
  expectTypeOf<ToolInput<typeof tool>>().toEqualTypeOf<{
    day: Date;
    seats: number;
    note?: string | undefined;
  }>();
  expectTypeOf<ToolValue<typeof tool>>().toEqualTypeOf<{ price: string }>();
});

const parameters = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    unit: { enum: ['celsius', 'fahrenheit'] },
    days: { type: 'array', items: { type: 'integer' } },
    near: { $ref: '#/$defs/point' },
  },
  required: ['city', 'near'],
  $defs: {
    point: {
      type: 'object',
      properties: { x: { type: 'number' }, y: { type: ['number', 'null'] } },
      required: ['x'],
    },
  },
} as const;

interface Place {
  city: string;
  unit?: 'celsius' | 'fahrenheit';
  days?: number[];
  near: { x: number; y?: number | null };
}

test('the input of a handler follows from a JSON Schema, as const or written in place', () => {
  const apart = defineTool({
    name: 'a',
    run: 'auto',
    parameters,
    execute: ({ city, near }) => city + near.x.toFixed(),
  });
  const inPlace = defineTool({
    name: 'b',
    run: 'auto',
    parameters: {
      type: 'object',
      properties: { id: { type: 'string' }, deep: { type: 'boolean' } },
      required: ['id'],
    },
    execute: ({ id, deep = false }) => (deep ? id.toUpperCase() : id),
  });
  expectTypeOf<ToolInput<typeof apart>>().branded.toEqualTypeOf<Place>();
  expectTypeOf<ToolInput<typeof inPlace>>().branded.toEqualTypeOf<{ id: string; deep?: boolean }>();
});

test('the result of a handler and of a form follow from the output schema', () => {
  const output = {
    type: 'object',
    properties: { score: { type: 'integer' } },
    required: ['score'],
  } as const;
  const review = defineTool({
    name: 'review',
    run: 'human',
    parameters,
    output,
    render({ input, provide, call }) {
      expectTypeOf(input).branded.toEqualTypeOf<Place | undefined>();
      expectTypeOf(provide).parameters.branded.toEqualTypeOf<[{ score: number }]>();
      expectTypeOf(call).toEqualTypeOf<ToolCall>();
      return null;
    },
  });
  expectTypeOf<ToolValue<typeof review>>().branded.toEqualTypeOf<{ score: number }>();
  // @ts-expect-error: the score is no text
  defineTool({ name: 'c', run: 'auto', output, execute: () => ({ score: 'high' }) });
  // @ts-expect-error: a person runs it, so that there is nothing to execute
  defineTool({ name: 'd', run: 'human', execute: () => 1 });
  // @ts-expect-error: nothing would run
  defineTool({ name: 'e', run: 'auto' });
});

test('tools of all kinds go into one list', () => {
  const none = defineTool({
    name: 'none',
    run: 'auto',
    execute: (input) => expectTypeOf(input).toExtend<object>(),
  });
  const tools: readonly Tool[] = [
    none,
    defineTool({ name: 'a', run: 'auto', parameters, execute: ({ city }) => city }),
  ];
  expectTypeOf(tools).toExtend<readonly Tool[]>();
  expectTypeOf<ToolRenderProps['input']>().toEqualTypeOf<unknown>();
});

test('a JSON Schema says what it says, and nothing where it is not understood', () => {
  expectTypeOf<FromJsonSchema<{ type: 'string' }>>().toEqualTypeOf<string>();
  expectTypeOf<FromJsonSchema<{ type: ['string', 'null'] }>>().toEqualTypeOf<string | null>();
  expectTypeOf<FromJsonSchema<{ type: 'string'; nullable: true }>>().toEqualTypeOf<string | null>();
  expectTypeOf<FromJsonSchema<{ const: 5 }>>().toEqualTypeOf<5>();
  expectTypeOf<FromJsonSchema<{ type: 'string'; enum: ['a', 'b'] }>>().toEqualTypeOf<'a' | 'b'>();
  expectTypeOf<FromJsonSchema<{ anyOf: [{ type: 'string' }, { type: 'number' }] }>>().toEqualTypeOf<
    string | number
  >();
  expectTypeOf<FromJsonSchema<{ oneOf: [{ const: 'x' }, { type: 'null' }] }>>().toEqualTypeOf<
    'x' | null
  >();
  expectTypeOf<
    FromJsonSchema<{
      allOf: [
        { type: 'object'; properties: { a: { type: 'string' } }; required: ['a'] },
        { type: 'object'; properties: { b: { type: 'number' } } },
      ];
    }>
  >().branded.toEqualTypeOf<{ a: string; b?: number }>();
  expectTypeOf<FromJsonSchema<{ type: 'array' }>>().toEqualTypeOf<unknown[]>();
  expectTypeOf<
    FromJsonSchema<{ prefixItems: [{ type: 'string' }]; type: 'array'; items: false }>
  >().toEqualTypeOf<[string]>();
  expectTypeOf<
    FromJsonSchema<{ type: 'object'; additionalProperties: { type: 'number' } }>
  >().toEqualTypeOf<{ [key: string]: number }>();
  expectTypeOf<FromJsonSchema<{ type: 'object' }>>().toEqualTypeOf<{ [key: string]: unknown }>();
  expectTypeOf<FromJsonSchema<{ $ref: 'https://example.org/a.json' }>>().toEqualTypeOf<unknown>();
  expectTypeOf<FromJsonSchema<Record<string, unknown>>>().toEqualTypeOf<unknown>();
  interface Tree {
    name: string;
    children?: Tree[];
  }
  type TreeSchema = {
    type: 'object';
    properties: { name: { type: 'string' }; children: { type: 'array'; items: { $ref: '#' } } };
    required: ['name'];
  };
  expectTypeOf<FromJsonSchema<TreeSchema>>().toExtend<Tree>();
});
