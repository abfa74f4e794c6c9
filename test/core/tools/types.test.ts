import { expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import type { FromJsonSchema } from '../../../src/core/tools/FromJsonSchema.js';
import type { ToolInput, ToolValue } from '../../../src/core/tools/FunctionTool.js';
import { defineTool, type Tool, type ToolRenderProps } from '../../../src/hooks/defineTool.js';
import type { ToolCall } from '../../../src/protocol/ToolCall.js';

test('the input of a handler follows from a Zod schema, after its transforms', () => {
  const tool = defineTool({
    name: 'book',
    inputSchema: z.object({
      day: z.string().transform((day) => new Date(day)),
      seats: z.number().default(1),
      note: z.string().optional(),
    }),
    outputSchema: z.object({ price: z.string().transform(Number) }),
    needsApproval(input, context) {
      expectTypeOf(input).toEqualTypeOf<{ day: Date; seats: number; note?: string | undefined }>();
      expectTypeOf(context.callId).toEqualTypeOf<string>();
      expectTypeOf(context).not.toHaveProperty('ask');
      return input.seats > 2;
    },
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

const inputSchema = {
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

test('the input of a handler follows from a JSON Schema, as a constant or in place', () => {
  const ofConstant = defineTool({
    name: 'a',
    inputSchema,
    needsApproval: ({ near }) => near.x > 0,
    execute: ({ city, near }) => city + near.x.toFixed(),
  });
  const inPlace = defineTool({
    name: 'b',
    inputSchema: {
      type: 'object',
      properties: { id: { type: 'string' }, deep: { type: 'boolean' } },
      required: ['id'],
    },
    execute: ({ id, deep = false }) => (deep ? id.toUpperCase() : id),
  });
  expectTypeOf<ToolInput<typeof ofConstant>>().branded.toEqualTypeOf<Place>();
  expectTypeOf<ToolInput<typeof inPlace>>().branded.toEqualTypeOf<{ id: string; deep?: boolean }>();
});

test('the output of a handler and of the user follow from the output schema', () => {
  const outputSchema = {
    type: 'object',
    properties: { score: { type: 'integer' } },
    required: ['score'],
  } as const;
  const review = defineTool({
    name: 'review',
    inputSchema,
    outputSchema,
    render({ input, provide, call }) {
      expectTypeOf(input).branded.toEqualTypeOf<Place | undefined>();
      expectTypeOf(provide).parameters.branded.toEqualTypeOf<[{ score: number }]>();
      expectTypeOf(call).toEqualTypeOf<ToolCall>();
      return null;
    },
  });
  expectTypeOf<ToolValue<typeof review>>().branded.toEqualTypeOf<{ score: number }>();
  // @ts-expect-error: the score is a number
  defineTool({ name: 'c', outputSchema, execute: () => ({ score: 'high' }) });
});

test('needsApproval is only valid with a handler', () => {
  const rejected = () => [
    // @ts-expect-error: the user provides the output, which leaves no run to approve
    defineTool({ name: 'a', needsApproval: true }),
    // @ts-expect-error: likewise
    defineTool({ name: 'b', needsApproval: () => true }),
  ];
  expectTypeOf(rejected).returns.toExtend<readonly Tool[]>();
  expectTypeOf(defineTool({ name: 'c', needsApproval: false })).toExtend<Tool>();
});

test('a list holds tools with different inputs', () => {
  const none = defineTool({
    name: 'none',
    execute: (input) => expectTypeOf(input).toExtend<object>(),
  });
  const tools: readonly Tool[] = [
    none,
    defineTool({
      name: 'a',
      inputSchema,
      needsApproval: ({ city }) => city !== '',
      execute: ({ city }) => city,
      render: ({ input }) => input?.city,
    }),
  ];
  expectTypeOf(tools).toExtend<readonly Tool[]>();
  expectTypeOf<ToolRenderProps['input']>().toEqualTypeOf<unknown>();
});

test('FromJsonSchema infers the keywords that it knows, and unknown for others', () => {
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
