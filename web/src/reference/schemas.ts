import type { Description, Schema } from '../api/description';

/** A field of an object. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly meaning: string;
  /** The object or list of objects that it holds; null for a plain value. */
  readonly held: Schema | null;
}

const nameOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);

/** The schema itself: behind its name, and without the choice of null. */
export function resolved(schema: Schema, description: Description): Schema {
  const other = schema.oneOf?.find(choice => choice.type !== 'null');
  if (other !== undefined)
    return resolved(other, description);
  return schema.$ref === undefined ? schema : resolved(description.components.schemas[nameOf(schema.$ref)] ?? {}, description);
}

const typesOf = ({ type }: Schema): readonly string[] => type === undefined ? [] : typeof type === 'string' ? [type] : type;

const isNullable = (schema: Schema): boolean => typesOf(schema).includes('null') || schema.oneOf?.some(choice => choice.type === 'null') === true;

/** The type in words, such as "list of text" or "whole number or null". */
export function typeText(schema: Schema, description: Description): string {
  const target = resolved(schema, description);
  const [type] = typesOf(target).filter(name => name !== 'null');
  const plain = target.enum !== undefined ? target.enum.join(', ')
    : type === 'array' ? `list of ${typeText(target.items ?? {}, description)}`
      : type === 'string' ? target.format === 'date-time' ? 'time' : target.format === 'date' ? 'day' : 'text'
        : type === 'integer' ? 'whole number'
          : type === 'boolean' ? 'true or false'
            : type ?? 'any value';
  return isNullable(schema) ? `${plain} or null` : plain;
}

/** The object that a schema is, or is a list of; null if it is neither. */
export function heldObject(schema: Schema, description: Description): Schema | null {
  const target = resolved(schema, description);
  if (target.items !== undefined)
    return heldObject(target.items, description);
  return target.properties === undefined ? null : target;
}

/** The fields of an object. */
export const fieldsOf = (schema: Schema, description: Description): readonly Field[] => Object.entries(schema.properties ?? {}).map(([name, field]) => ({
  name, type: typeText(field, description), isRequired: schema.required?.includes(name) === true,
  // A field that holds an object is described at the reference, or within the choice of null.
  meaning: field.description ?? field.oneOf?.find(choice => choice.description !== undefined)?.description ?? '',
  held: heldObject(field, description),
}));
