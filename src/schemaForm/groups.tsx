import {
  canExpand,
  descriptionId,
  titleId,
  type ArrayFieldItemTemplateProps,
  type ArrayFieldTemplateProps,
  type MultiSchemaFieldTemplateProps,
  type ObjectFieldTemplateProps,
  type RJSFSchema,
} from '@rjsf/utils';
import { ArrowDown, ArrowUp, X } from '../components/icons.js';
import { Plus } from '../components/icons.lazy.js';
import { useEffect, useRef, type MouseEvent, type ReactElement, type ReactNode } from 'react';
import { Button } from '../components/Button.js';
import { useTexts } from '../components/i18n/useTexts.js';
import { DescriptionFieldTemplate, TitleFieldTemplate } from './fields.js';
import { FOCUSABLE, leaveItem } from './leaveItem.js';

const ICON = { 'aria-hidden': true, size: 16, strokeWidth: 1.5 } as const;

/** An object: its fields, and below the root a frame with its name around them. */
export function ObjectFieldTemplate(
  props: ObjectFieldTemplateProps<unknown, RJSFSchema, object>,
): ReactElement | null {
  const {
    title,
    description,
    schema,
    uiSchema,
    registry,
    required,
    properties,
    fieldPathId,
    formData,
    disabled,
    onAddProperty,
    optionalDataControl,
  } = props;
  const texts = useTexts();
  const isUnion =
    (schema.oneOf !== undefined || schema.anyOf !== undefined) && properties.length === 0;
  if (isUnion) return null;
  const isRoot = fieldPathId.path.length === 0;
  const isExpandable = canExpand<unknown, RJSFSchema, object>(schema, uiSchema, formData) === true;
  const content: ReactNode = (
    <>
      {description !== undefined && (
        <DescriptionFieldTemplate
          id={descriptionId(fieldPathId)}
          description={description}
          schema={schema}
          registry={registry}
        />
      )}
      {optionalDataControl}
      {properties.map(({ name, content: field, hidden }) =>
        hidden ? null : <div key={name}>{field}</div>,
      )}
      {properties.length === 0 && !isExpandable && <p data-part="muted">{texts.form.nothing}</p>}
      {isExpandable && (
        <Button variant="quiet" disabled={disabled === true} onClick={onAddProperty}>
          <Plus {...ICON} />
          {texts.form.add(title)}
        </Button>
      )}
    </>
  );
  if (isRoot)
    return (
      <div data-part="schema-fields" id={fieldPathId.$id}>
        {content}
      </div>
    );
  return (
    <fieldset data-part="schema-group" id={fieldPathId.$id}>
      {title !== '' && (
        <TitleFieldTemplate
          id={titleId(fieldPathId)}
          title={title}
          schema={schema}
          registry={registry}
          {...(required !== undefined && { required })}
        />
      )}
      {content}
    </fieldset>
  );
}

/** A list: its entries, and a button for another. */
export function ArrayFieldTemplate(
  props: ArrayFieldTemplateProps<unknown, RJSFSchema, object>,
): ReactElement {
  const {
    title,
    schema,
    registry,
    required,
    items,
    fieldPathId,
    canAdd,
    disabled,
    onAddClick,
    optionalDataControl,
  } = props;
  const texts = useTexts();
  const group = useRef<HTMLFieldSetElement>(null);
  const isAdding = useRef(false);
  useEffect(() => {
    if (isAdding.current)
      [
        ...(group.current?.querySelectorAll<HTMLElement>(':scope > [data-part="schema-item"]') ??
          []),
      ]
        .at(-1)
        ?.querySelector<HTMLElement>(FOCUSABLE)
        ?.focus();
    isAdding.current = false;
  }, [items.length]);
  const add = (event: MouseEvent) => {
    isAdding.current = true;
    onAddClick(event);
  };
  return (
    <fieldset ref={group} data-part="schema-group" id={fieldPathId.$id}>
      {title !== '' && (
        <TitleFieldTemplate
          id={titleId(fieldPathId)}
          title={title}
          schema={schema}
          registry={registry}
          {...(required !== undefined && { required })}
        />
      )}
      {schema.description !== undefined && (
        <DescriptionFieldTemplate
          id={descriptionId(fieldPathId)}
          description={schema.description}
          schema={schema}
          registry={registry}
        />
      )}
      {optionalDataControl}
      {items}
      {canAdd === true && (
        <Button variant="quiet" disabled={disabled === true} onClick={add}>
          <Plus {...ICON} />
          {texts.form.add(title)}
        </Button>
      )}
    </fieldset>
  );
}

/** An entry of a list, with the buttons that move and remove it. */
export function ArrayFieldItemTemplate(
  props: ArrayFieldItemTemplateProps<unknown, RJSFSchema, object>,
): ReactElement {
  const { children, buttonsProps, hasToolbar, index, parentUiSchema: _, disabled } = props;
  const texts = useTexts();
  const name = String(index + 1);
  const { hasMoveUp, hasMoveDown, hasRemove, onMoveUpItem, onMoveDownItem, onRemoveItem } =
    buttonsProps;
  return (
    <div data-part="schema-item">
      <div>{children}</div>
      {hasToolbar && (
        <div data-part="buttons">
          {hasMoveUp && (
            <Button
              variant="icon"
              aria-label={texts.form.moveUp(name)}
              disabled={disabled === true}
              onClick={onMoveUpItem}
            >
              <ArrowUp {...ICON} />
            </Button>
          )}
          {hasMoveDown && (
            <Button
              variant="icon"
              aria-label={texts.form.moveDown(name)}
              disabled={disabled === true}
              onClick={onMoveDownItem}
            >
              <ArrowDown {...ICON} />
            </Button>
          )}
          {hasRemove && (
            <Button
              variant="icon"
              aria-label={texts.form.remove(name)}
              disabled={disabled === true}
              onClick={(event) => leaveItem(event, onRemoveItem)}
            >
              <X {...ICON} />
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** A choice between kinds of value, and the fields of the one that is chosen. */
export function MultiSchemaFieldTemplate({
  selector,
  optionSchemaField,
}: MultiSchemaFieldTemplateProps<unknown, RJSFSchema, object>): ReactElement {
  return (
    <div data-part="schema-union">
      {selector}
      {optionSchemaField}
    </div>
  );
}
