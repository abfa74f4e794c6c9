import type { RJSFSchema, WidgetProps } from '@rjsf/utils';
import { createContext, useContext } from 'react';
import { getDescribedBy } from './fieldTemplates.js';
import { acceptsNull } from './setDefaults.js';

/** Props of a control for one value. */
export type ControlProps = WidgetProps<unknown, RJSFSchema, object>;

/** Ids of a form and of the element that labels it, for a form that is one control without a title. */
export const FormLabelContext = createContext<{ id: string; labelId: string | undefined }>({
  id: '',
  labelId: undefined,
});

/** Returns the attributes that all controls have. */
export function useControlProps(props: ControlProps) {
  const { id, schema, rawErrors, required, disabled, readonly, htmlName, label } = props;
  const form = useContext(FormLabelContext);
  const hasErrors = rawErrors !== undefined && rawErrors.length > 0;
  return {
    id,
    name: htmlName ?? id,
    disabled: disabled === true || readonly === true || schema.const !== undefined,
    'aria-required': required === true,
    'aria-invalid': hasErrors,
    'aria-labelledby': label === '' && id === form.id ? form.labelId : undefined,
    'aria-describedby': getDescribedBy(id, schema.description !== undefined, hasErrors),
  };
}

/** Returns the value of an empty control: null if the value is required and may be null. */
export function getEmptyValue({ schema, required, options }: ControlProps): unknown {
  return required === true && acceptsNull(schema) ? null : options.emptyValue;
}
