import { isRecord } from '../../../common/isRecord.js';

/** Value that JSON.parse returns. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** Object that JSON.parse returns. */
export interface JsonObject {
  [key: string]: Json;
}

export function isJsonArray(value: Json | undefined): value is Json[] {
  return Array.isArray(value);
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return isRecord(value);
}
