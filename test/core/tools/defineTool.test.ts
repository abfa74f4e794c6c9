import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toAssistantTools } from '../../../src/core/tools/toAssistantTools.js';
import { withJsonSchema } from '../../../src/core/tools/toJsonSchema.js';
import { defineTool } from '../../../src/hooks/defineTool.js';

const placeSchema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
} as const;

describe('defineTool', () => {
  it('adds the defaults', () => {
    const execute = () => 1;
    expect(defineTool({ name: 'a', execute })).toEqual({
      name: 'a',
      inputSchema: { type: 'object', properties: {} },
      needsApproval: false,
      timeoutMs: 60_000,
      idempotent: false,
      concurrency: Infinity,
      onInvalidArguments: 'report',
      execute,
    });
    expect(defineTool({ name: 'b' })).toMatchObject({
      needsApproval: false,
      onInvalidArguments: 'ask',
    });
  });

  it('keeps what the definition sets', () => {
    const definition = {
      name: 'a',
      description: 'First',
      inputSchema: placeSchema,
      outputSchema: { type: 'string' },
      needsApproval: () => true,
      timeoutMs: 1,
      idempotent: true,
      concurrency: 2,
      onInvalidArguments: 'ask',
      execute: () => 'b',
      render: () => null,
    } as const;
    expect(defineTool(definition)).toEqual(definition);
  });

  it.each(['no spaces', '', 'a'.repeat(65), 'ä'])('rejects the name %j', (name) => {
    expect(() => defineTool({ name })).toThrow(/not a function name\. Use 1 to 64 letters/);
  });

  it.each([true, () => true])('rejects needsApproval without execute', (needsApproval) => {
    // A caller without type checks can pass both.
    const definition = { name: 'a', needsApproval } as unknown as { name: string };
    expect(() => defineTool(definition)).toThrow(
      /'a' sets needsApproval, but has no execute .* Add execute, or remove needsApproval/,
    );
  });
});

describe('toAssistantTools', () => {
  it('converts tools with any kind of input schema', () => {
    const ofLibrary = defineTool({
      name: 'a',
      description: 'First',
      inputSchema: z.object({ city: z.string() }),
    });
    const ofJsonSchema = defineTool({ name: 'b', inputSchema: placeSchema });
    const withoutSchema = defineTool({ name: 'c' });
    expect(toAssistantTools([ofLibrary, ofJsonSchema, withoutSchema])).toEqual([
      {
        type: 'function',
        function: {
          name: 'a',
          description: 'First',
          parameters: expect.objectContaining(placeSchema),
        },
      },
      { type: 'function', function: { name: 'b', parameters: placeSchema } },
      { type: 'function', function: { name: 'c', parameters: { type: 'object', properties: {} } } },
    ]);
  });

  it('takes the JSON Schema of withJsonSchema for a library that does not convert its schemas', () => {
    const bare = {
      '~standard': {
        version: 1 as const,
        vendor: 'mine',
        validate: (value: unknown) => ({ value }),
      },
    };
    const createTool = (inputSchema: typeof bare) => defineTool({ name: 'a', inputSchema });
    expect(toAssistantTools([createTool(withJsonSchema(bare, placeSchema))])).toMatchObject([
      { function: { parameters: placeSchema } },
    ]);
    expect(() => toAssistantTools([createTool(bare)])).toThrow(/Pass withJsonSchema\(/);
  });

  it('rejects two tools with the same name', () => {
    const tool = defineTool({ name: 'a' });
    expect(() => toAssistantTools([tool, tool])).toThrow(/two tools have the name 'a'/);
  });
});
