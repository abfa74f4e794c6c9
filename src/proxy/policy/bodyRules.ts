import { isRecord } from '../../common/isRecord.js';
import type { OperationId } from '../../protocol/types.js';
import type { OwnedObject, OwnedType } from '../ownership/Ownership.js';
import { createDenied, ProxyFailure } from '../ProxyFailure.js';
import type { ProxyPolicy } from './ProxyPolicy.js';

/** Request whose body is checked. */
export interface BodyCheck {
  operation: OperationId;
  policy: ProxyPolicy;
  /** Called with each object that the body names. */
  onObject: (object: OwnedObject) => void;
}

/**
 * Checks a value of a body. Throws a ProxyFailure for a value that is malformed or denied. Null counts as absent, and only
 * reaches rules of fields that are changed by it.
 */
export type Rule = (value: unknown, param: string, check: BodyCheck) => void;

/** Accepts any value. For values without ids whose field is allowed. */
export const anything: Rule = () => {};

function createMalformed(param: string, expected: string): ProxyFailure {
  const shown = param.slice(0, 100);
  return new ProxyFailure(400, `'${shown}' must be ${expected}.`, {
    param: shown,
    code: 'invalid_type',
  });
}

export const text: Rule = (value, param) => {
  if (typeof value !== 'string' && value !== null) throw createMalformed(param, 'a string');
};

export const flag: Rule = (value, param) => {
  if (typeof value !== 'boolean') throw createMalformed(param, 'true or false');
};

/** Accepts an id. The caller is checked later: an unknown id and an id of another user get the same response. */
export const id =
  (type: OwnedType): Rule =>
  (value, param, { onObject }) => {
    if (typeof value !== 'string') throw createMalformed(param, 'an id');
    onObject({ type, id: value });
  };

export const list =
  (rule: Rule): Rule =>
  (value, param, check) => {
    if (value === null) return;
    if (!Array.isArray(value)) throw createMalformed(param, 'a list');
    for (const [index, item] of value.entries()) {
      if (item === null) throw createMalformed(`${param}[${index}]`, 'a value');
      rule(item, `${param}[${index}]`, check);
    }
  };

/** Accepts an object with any fields. */
export const record: Rule = (value, param) => {
  if (value !== null && !isRecord(value)) throw createMalformed(param, 'an object');
};

/**
 * Accepts an object with the given fields. Denies all others.
 *
 * @param checksNull True for changes, where null removes a value.
 */
export const object =
  (fields: Readonly<Record<string, Rule>>, checksNull = false): Rule =>
  (value, param, check) => {
    if (value === null) return;
    if (!isRecord(value)) throw createMalformed(param || 'body', 'an object');
    for (const [name, item] of Object.entries(value)) {
      const path = param === '' ? name : `${param}.${name}`;
      const rule = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (rule === undefined) throw createDenied(check.operation, path);
      if (item !== null || checksNull) rule(item, path, check);
    }
  };

/** Applies a rule if the policy allows the value, else denies it. */
export const allowedIf =
  (isAllowed: (policy: ProxyPolicy, value: unknown) => boolean, rule: Rule = anything): Rule =>
  (value, param, check) => {
    if (!isAllowed(check.policy, value)) throw createDenied(check.operation, param);
    rule(value, param, check);
  };

/** Like `allowedIf`, but always accepts an empty list. */
export const allowedListIf =
  (isAllowed: (policy: ProxyPolicy) => boolean, rule: Rule): Rule =>
  (value, param, check) => {
    if (Array.isArray(value) && value.length === 0) return;
    allowedIf(isAllowed, list(rule))(value, param, check);
  };
