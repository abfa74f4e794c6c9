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
import { IconButton } from '../components/IconButton.js';
import { useCompleteTexts } from '../components/i18n/useTexts.lazy.js';
import { DescriptionFieldTemplate, TitleFieldTemplate } from './fieldTemplates.js';
import { FOCUSABLE, removeItem } from './removeItem.js';
import { asPart } from '../components/part.js';

type GroupProps = Pick<
  ObjectFieldTemplateProps<unknown, RJSFSchema, object>,
  'title' | 'schema' | 'registry' | 'required' | 'fieldPathId'
>;

const ICON = { 'aria-hidden': true, size: 16, strokeWidth: 1.5 } as const;

/** Fields of an object. Below the root, a fieldset with its title surrounds them. */
export function ObjectFieldTemplate(
  props: ObjectFieldTemplateProps<unknown, RJSFSchema, object>,
): ReactElement | null {
  const {
    title,
    description,
    schema,
    uiSchema,
    registry,
    properties,
    fieldPathId,
    formData,
    disabled,
    onAddProperty,
    optionalDataControl,
  } = props;
  const texts = useCompleteTexts();
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
      {properties.length === 0 && !isExpandable && <p {...asPart('muted')}>{texts.form.nothing}</p>}
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
      <div {...asPart('schema-fields')} id={fieldPathId.$id}>
        {content}
      </div>
    );
  return (
    <fieldset {...asPart('schema-group')} id={fieldPathId.$id}>
      <GroupTitle {...props} />
      {content}
    </fieldset>
  );
}

/** Items of an array and a button that adds one. The first control of a new item takes the focus. */
export function ArrayFieldTemplate(
  props: ArrayFieldTemplateProps<unknown, RJSFSchema, object>,
): ReactElement {
  const {
    title,
    schema,
    registry,
    items,
    fieldPathId,
    canAdd,
    disabled,
    onAddClick,
    optionalDataControl,
  } = props;
  const texts = useCompleteTexts();
  const group = useRef<HTMLFieldSetElement>(null);
  const isAdding = useRef(false);
  useEffect(() => {
    if (isAdding.current) focusLastItem(group.current);
    isAdding.current = false;
  }, [items.length]);
  const onAdd = (event: MouseEvent) => {
    isAdding.current = true;
    onAddClick(event);
  };
  return (
    <fieldset ref={group} {...asPart('schema-group')} id={fieldPathId.$id}>
      <GroupTitle {...props} />
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
        <Button variant="quiet" disabled={disabled === true} onClick={onAdd}>
          <Plus {...ICON} />
          {texts.form.add(title)}
        </Button>
      )}
    </fieldset>
  );
}

function GroupTitle({
  title,
  schema,
  registry,
  required,
  fieldPathId,
}: GroupProps): ReactElement | null {
  if (title === '') return null;
  return (
    <TitleFieldTemplate
      id={titleId(fieldPathId)}
      title={title}
      schema={schema}
      registry={registry}
      {...(required !== undefined && { required })}
    />
  );
}

function focusLastItem(group: HTMLElement | null): void {
  const items = group?.querySelectorAll(':scope > [data-part="schema-item"]') ?? [];
  [...items].at(-1)?.querySelector<HTMLElement>(FOCUSABLE)?.focus();
}

/** Item of an array, with the buttons that move and remove it. */
export function ArrayFieldItemTemplate(
  props: ArrayFieldItemTemplateProps<unknown, RJSFSchema, object>,
): ReactElement {
  const { children, buttonsProps, hasToolbar, index, parentUiSchema: _, disabled } = props;
  const texts = useCompleteTexts();
  const name = String(index + 1);
  const { hasMoveUp, hasMoveDown, hasRemove, onMoveUpItem, onMoveDownItem, onRemoveItem } =
    buttonsProps;
  return (
    <div {...asPart('schema-item')}>
      <div>{children}</div>
      {hasToolbar && (
        <div {...asPart('buttons')}>
          {hasMoveUp && (
            <IconButton
              label={texts.form.moveUp(name)}
              disabled={disabled === true}
              onClick={onMoveUpItem}
            >
              <ArrowUp {...ICON} />
            </IconButton>
          )}
          {hasMoveDown && (
            <IconButton
              label={texts.form.moveDown(name)}
              disabled={disabled === true}
              onClick={onMoveDownItem}
            >
              <ArrowDown {...ICON} />
            </IconButton>
          )}
          {hasRemove && (
            <IconButton
              label={texts.form.remove(name)}
              disabled={disabled === true}
              onClick={(event) => removeItem(event, onRemoveItem)}
            >
              <X {...ICON} />
            </IconButton>
          )}
        </div>
      )}
    </div>
  );
}

/** Select for an option of a union, and the fields of the selected option. */
export function MultiSchemaFieldTemplate({
  selector,
  optionSchemaField,
}: MultiSchemaFieldTemplateProps<unknown, RJSFSchema, object>): ReactElement {
  return (
    <div {...asPart('schema-union')}>
      {selector}
      {optionSchemaField}
    </div>
  );
}
