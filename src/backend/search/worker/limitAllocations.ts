/** Budget of binary memory. */
export interface AllocationLimit {
  /** Returns true once an allocation was refused. */
  isExceeded(): boolean;
  /** Ends the limit. */
  release(): void;
}

const CONSTRUCTORS = [
  'ArrayBuffer',
  'Uint8Array',
  'Uint8ClampedArray',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
] as const;

/** Limit that is in force. A worker reads one file at a time. */
let active: { remaining: number; isExceeded: boolean; onExceeded: () => void } | undefined;

/**
 * Lets the constructors of binary arrays count what they allocate. Changes the globals, so only workers call it. Decompressed
 * streams of a PDF are such arrays. They are outside of the heap, so a limit of the heap does not apply to them.
 */
export function installAllocationLimit(): void {
  for (const name of CONSTRUCTORS) {
    const original: unknown = Reflect.get(globalThis, name);
    if (typeof original !== 'function') continue;
    const bytesPerElement = Number(Reflect.get(original, 'BYTES_PER_ELEMENT') ?? 1);
    const counting = new Proxy(original, {
      construct(target, values: unknown[], newTarget) {
        count(getLength(values[0]) * bytesPerElement);
        // The target is a constructor, so it returns an object.
        return Reflect.construct(target, values, newTarget) as object;
      },
    });
    Reflect.set(globalThis, name, counting);
  }
  // Allocates without these constructors. pdf.js has its own decompression where it is missing.
  Reflect.deleteProperty(globalThis, 'DecompressionStream');
}

/**
 * Limits the sum of all allocations until `release` is called. Further ones throw a RangeError.
 * @param onExceeded Called before the error is thrown, which pdf.js may ignore.
 */
export function limitAllocations(bytes: number, onExceeded: () => void): AllocationLimit {
  const limit = { remaining: bytes, isExceeded: false, onExceeded };
  active = limit;
  return {
    isExceeded: () => limit.isExceeded,
    release() {
      if (active === limit) active = undefined;
    },
  };
}

function count(bytes: number): void {
  if (active === undefined) return;
  active.remaining -= bytes;
  if (active.remaining >= 0) return;
  active.isExceeded = true;
  active.onExceeded();
  throw new RangeError('The file takes too much memory.');
}

/** Returns the number of new elements. Views of a buffer allocate nothing. */
function getLength(source: unknown): number {
  if (typeof source === 'number') return source;
  if (Array.isArray(source) || ArrayBuffer.isView(source))
    return 'length' in source ? Number(source.length) : 0;
  return 0;
}
