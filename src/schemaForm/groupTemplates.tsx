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
import {
  useEffect,
  useRef,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
} from 'react';
import { Button } from '../components/Button.js';
import { IconButton } from '../components/IconButton.js';
import { useCompleteTexts } from '../components/i18n/useTexts.lazy.js';
import { DescriptionFieldTemplate, formatLabel, TitleFieldTemplate } from './fieldTemplates.js';
import { FOCUSABLE, removeItem } from './removeItem.js';
import { asPart } from '../components/part.js';

type GroupProps = Pick<
  ObjectFieldTemplateProps<unknown, RJSFSchema, object>,
  'title' | 'schema' | 'registry' | 'required' | 'fieldPathId'
>;

const GROUPS = '[data-part="schema-group"], [data-part="schema-fields"]';
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
  const { group, onAdd } = useAddedItemFocus<HTMLDivElement & HTMLFieldSetElement>(
    properties.length,
    onAddProperty,
  );
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
        <Button variant="quiet" disabled={disabled === true} onClick={onAdd}>
          <Plus {...ICON} />
          {texts.form.add(title)}
        </Button>
      )}
    </>
  );
  if (isRoot)
    return (
      <div ref={group} {...asPart('schema-fields')} id={fieldPathId.$id}>
        {content}
      </div>
    );
  return (
    <fieldset ref={group} {...asPart('schema-group')} id={fieldPathId.$id}>
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
  const { group, onAdd } = useAddedItemFocus<HTMLFieldSetElement>(items.length, onAddClick);
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
      title={formatLabel({ label: title, fieldPathId })}
      schema={schema}
      registry={registry}
      {...(required !== undefined && { required })}
    />
  );
}

/** Focuses the first control of an item or property that is added with `onAdd`, and selects its text. */
function useAddedItemFocus<Group extends HTMLElement>(
  count: number,
  add: (event: MouseEvent) => void,
): { group: RefObject<Group | null>; onAdd: (event: MouseEvent) => void } {
  const group = useRef<Group>(null);
  const isAdding = useRef(false);
  useEffect(() => {
    if (isAdding.current) focusLastItem(group.current);
    isAdding.current = false;
  }, [count]);
  return {
    group,
    onAdd: (event) => {
      isAdding.current = true;
      add(event);
    },
  };
}

function focusLastItem(group: HTMLElement | null): void {
  const items = group?.querySelectorAll('[data-part="schema-item"]') ?? [];
  const own = [...items].filter((item) => item.parentElement?.closest(GROUPS) === group);
  const control = own.at(-1)?.querySelector<HTMLElement>(FOCUSABLE);
  control?.focus();
  if (control instanceof HTMLInputElement) control.select();
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
